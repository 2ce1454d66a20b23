"""The examples of the API are calls that work: made here again, in order, on both databases."""

from pathlib import Path

import described
from pindown_server.app import all_routes, create_app
from pindown_server.settings import Settings
from pindown_server.storage import open_database
from pindown_server.walk import record
from pindown_server.walk.run import walk
from pindown_server.walk.steps import WALK
from pindown_server.web.reference.examples import examples


async def test_the_examples_are_what_is_answered(tmp_path: Path, database_url: str) -> None:
    settings = Settings(data=tmp_path, database=database_url, public_url=record.ADDRESS)
    app = create_app(settings, await open_database(settings))
    await app.start()
    try:
        assert await record.record(app) == examples()
    finally:
        await app.stop()


async def test_the_walk_is_answered_as_described(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    app = create_app(settings, await open_database(settings))
    await app.start()
    try:
        async for made in walk(app, WALK):
            described.check(made.route.method, made.path, made.status, made.headers, made.answer)
    finally:
        await app.stop()


def test_every_route_is_in_the_walk() -> None:
    walked = {step.operation for step in WALK if step.shown}
    for route in all_routes():
        told = f"{route.name}: add a Step to walk/steps.py that calls it, then run 'make contract'"
        assert route.name in walked, told
