"""Fills a running server with the demo's pinboards and keeps their numbers moving, over its API."""

import logging
import threading
import time
from typing import Any

import httpx2

from .bakery import BAKERY
from .board import DemoBoard, DemoPin
from .keepsake import Keepsake
from .markets import MARKETS
from .server_room import SERVER_ROOM

log = logging.getLogger(__name__)

BOARDS = [BAKERY, SERVER_ROOM, MARKETS]


class Pusher(threading.Thread):
    """Pushes in the background, as any program with a key would."""

    def __init__(self, address: str, keepsake: Keepsake) -> None:
        super().__init__(name="demo", daemon=True)
        self._client = httpx2.Client(
            base_url=address,
            headers={"Authorization": f"Bearer {keepsake.key}"},
            timeout=10,
            trust_env=False,  # a proxy of the machine's has nothing to do with this
        )
        self._keepsake = keepsake
        self._ended = threading.Event()

    def end(self) -> None:
        """Push no more."""
        self._ended.set()

    def run(self) -> None:
        """Make what is not there yet, then push until it ends."""
        with self._client:
            try:
                for board in BOARDS:
                    self._make_board(board)
                self._push_on()
            except httpx2.HTTPError as error:
                if not self._ended.is_set():
                    log.warning("the demo's numbers stopped: %s", error)

    def _make_board(self, board: DemoBoard) -> None:
        known = self._keepsake.things
        if board.key not in known:
            body = {"title": board.title, "description": board.description, "tags": board.tags}
            known[board.key] = self._post("/v1/pinboards", body)["id"]
            self._keepsake.save()
        for pin in board.pins:
            if pin.key not in known:
                known[pin.key] = self._make_pin(board, pin)
                self._keepsake.save()

    def _make_pin(self, board: DemoBoard, pin: DemoPin) -> str:
        body: dict[str, Any] = {
            "data_type": "pin-card",
            "pin_type": pin.pin_type,
            "pin_layout": pin.pin_layout,
            "content": pin.config(time.time()),
            "metadata": {"title": pin.title, "tags": board.tags},
        }
        if pin.expect_every is not None:
            body["expect_every"] = pin.expect_every
        pin_id: str = self._post("/v1/pins", body)["id"]
        position = dict(zip("xywh", pin.at, strict=True))
        board_id = self._keepsake.things[board.key]
        self._post(f"/v1/pinboards/{board_id}/pins", {"pin_id": pin_id, "position": position})
        return pin_id

    def _push_on(self) -> None:
        moving = [pin for board in BOARDS for pin in board.pins if pin.every]
        while not self._ended.wait(1 - time.time() % 1):
            second = int(time.time())
            for index, pin in enumerate(moving):
                # Spread out: all of them in one second would look like a machine.
                if (second + index) % pin.every == 0 and not self._push(pin):
                    moving = [other for other in moving if other is not pin]

    def _push(self, pin: DemoPin) -> bool:
        """Whether the pin is still there."""
        pin_id = self._keepsake.things[pin.key]
        answer = self._client.put(f"/v1/pins/{pin_id}", json={"content": pin.config(time.time())})
        if answer.status_code == httpx2.codes.NOT_FOUND:
            return False
        answer.raise_for_status()
        return True

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self._client.post(path, json=body)
        answer.raise_for_status()
        data: dict[str, Any] = answer.json()["data"]
        return data
