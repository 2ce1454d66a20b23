"""The one place where the parts are put together."""

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from typing import Any

from .audit import actions as audit_actions
from .audit import routes as audit
from .audit import sweep as audit_sweep
from .bin import routes as bin_routes
from .bin import sweep as bin_sweep
from .changes import Change
from .comments import routes as comments
from .datasets import routes as datasets
from .datasets import store as datasets_store
from .door.budgets import Budgets
from .door.door import Door
from .door.route import Route
from .door.turns import Turns
from .files import routes as files
from .files.sweeping import keep_sweeping
from .inbound import routes as inbound
from .keys import routes as keys
from .keys.callers import Callers
from .live.bus.memory import MemoryBus
from .live.hub import Hub
from .mail.mailer import Mailer
from .pages import actions as page_actions
from .pages import routes as pages
from .parts import Bus, Parts
from .people import routes as people
from .people import users
from .pinboards import actions as pinboard_actions
from .pinboards import past as pinboard_past
from .pinboards import routes as pinboards
from .pinboards.revisions import routes as pinboard_revisions
from .pinboards.roles import routes as roles
from .pins import catalogue, freshness, past, preview
from .pins import routes as pins
from .pins.batch import routes as pin_batches
from .pins.blocks import routes as blocks
from .pins.showing import sees_any_pin
from .pins.sources import actions as dataset_users
from .pins.sources import routes as dataset_uses
from .retention import read_rules
from .search import routes as search
from .settings import Settings
from .sharing import routes as sharing
from .sharing import shared, watch
from .sharing.invitations import routes as invitations
from .sharing.invitations.inviter import Inviter
from .sharing.redraw import Redrawing
from .sharing.transfer import routes as transfer
from .storage import Database, Transaction
from .storage.thinning import keep_thinning
from .web.reference import routes as reference
from .web.site import Site

log = logging.getLogger(__name__)

SWEEP = 30.0  # s between looks whether any viewer is behind
SWEEP_DEAF = 1.0  # s while the other nodes are not heard
SHELVES = (past.SHELF, pinboard_past.SHELF, datasets_store.SHELF)
OUTSIDE_LOOK = 0.25  # s between looks for what commands changed beside the server


def all_routes() -> list[Route]:
    """Every route of the API."""
    features = (
        audit,
        people,
        users,
        keys,
        catalogue,
        pins,
        pin_batches,
        blocks,
        preview,
        files,
        datasets,
        dataset_uses,
        pinboards,
        roles,
        pinboard_revisions,
        pages,
        comments,
        inbound,
        sharing,
        invitations,
        transfer,
        bin_routes,
        shared,
        watch,
        search,
        reference,
    )
    return [route for feature in features for route in feature.routes.all]


class App:
    """The server as an ASGI application: /v1 through the door, the rest to the web app."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._database = database
        self._rules = read_rules(settings)
        self._hub = Hub()
        self._bus = _open_bus(settings, self._hub)
        self._callers = Callers(database, settings)
        self._redrawing = Redrawing(database, self._hub)
        budgets, mail = _open_budgets(settings), Mailer(settings)
        self.parts = Parts(
            settings,
            database,
            self._hub,
            self._bus,
            budgets,
            self._callers,
            self._redrawing,
            Turns(),
            mail=mail,
            invitations=Inviter(settings, mail, budgets),
            sees_any_pin=sees_any_pin,
            dataset_users=dataset_users,
            when_pins_deleted=_leave,
            routes=tuple(all_routes()),
            answered=Counter(),
        )
        self._rights = watch.RightsWatch(self.parts)
        self._hub.when_rights_changed = self._rights.when_rights_changed
        self._hub.when_caller_ended = self._callers.forget
        self._hub.when_redrawn = self._redrawing.draw_again
        database.publish = self._publish
        database.when_changed_outside = self._when_changed_outside
        self._door = Door(
            list(self.parts.routes),
            self.parts,
            settings,
            budgets,
            self._callers.find,
            audit_actions.note_call,
        )
        self._site = Site(self.parts)
        self._loops: list[asyncio.Task[None]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """ASGI."""
        if scope["type"] == "http":
            path: str = scope["path"]
            # No page begins with two slashes; an address that was put together wrongly does.
            if path.startswith(("/v1/", "//")) or path == "/v1":
                await self._door(scope, receive, send)
            else:
                await self._site(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)

    async def start(self) -> None:
        """Begin what runs beside the requests."""
        await self._bus.open()
        await self.parts.budgets.open()
        self._hub.open()
        self._redrawing.open()
        self._callers.open()
        loop = asyncio.get_running_loop()
        self._loops = [
            loop.create_task(freshness.keep_telling(self._database)),
            loop.create_task(bin_sweep.keep_sweeping(self._database)),
            loop.create_task(keep_thinning(self._database, SHELVES, self._rules)),
            loop.create_task(self._keep_looking_outside()),
            loop.create_task(self._door.keep_forgetting()),
            loop.create_task(audit_sweep.keep_sweeping(self._database)),
            loop.create_task(self._keep_sweeping()),
            loop.create_task(keep_sweeping(self._database, self.parts.settings.file_folder)),
        ]

    async def end_streams(self) -> None:
        """Close every open stream: readers come back when a server answers again."""
        await self._hub.close()

    async def stop(self) -> None:
        """End it, and let go of the store."""
        for task in self._loops:
            task.cancel()
        self._rights.close()
        self._redrawing.close()
        await self._hub.close()
        await self._bus.close()
        await self.parts.budgets.close()
        await self.parts.mail.close()
        await self._callers.close()
        await self._database.close()

    async def _live(self, receive: Any, send: Any) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    def _publish(self, changes: list[Change]) -> None:
        self._bus.publish(changes)

    def _when_changed_outside(self) -> None:
        self._callers.forget()
        self._rights.look_at_everybody()

    async def _keep_sweeping(self) -> None:
        """Repair what a lost announcement left wrong: read again what viewers watch."""
        waited = 0.0
        while True:
            await asyncio.sleep(SWEEP_DEAF)
            waited += SWEEP_DEAF
            if waited >= SWEEP or not self._bus.is_heard:
                waited = 0.0
                self._rights.look_at_everybody()

    async def _keep_looking_outside(self) -> None:
        while True:
            await asyncio.sleep(OUTSIDE_LOOK)
            self._database.notice_changes_outside()


async def _leave(tx: Transaction, pin_ids: Sequence[str]) -> None:
    """Take pins that were deleted from where they stood."""
    await pinboard_actions.leave_pinboards(tx, pin_ids)
    await page_actions.leave_pages(tx, pin_ids)


def _open_bus(settings: Settings, hub: Hub) -> Bus:
    if settings.bus:
        from .live.bus.redis import RedisBus  # noqa: PLC0415  loaded only where it is used

        return RedisBus(settings.bus, hub.deliver)
    return MemoryBus(hub.deliver)


def _open_budgets(settings: Settings) -> Budgets:
    if settings.bus:
        from .door.together import TogetherBudgets  # noqa: PLC0415  loaded only where it is used

        return TogetherBudgets(settings.bus)
    return Budgets()


def create_app(settings: Settings, database: Database) -> App:
    """The whole server over an open store."""
    return App(settings, database)
