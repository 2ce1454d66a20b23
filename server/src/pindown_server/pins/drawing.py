"""How a pin becomes what is shown: the one place where variables and blocks are resolved.

Whatever shows a pin, whether to viewers, in an answer or on a shared page, has it drawn here.
Drawing is two steps, so that the second can be taken in slices: what the store has to say
(`gather`), and rendering, which asks nothing any more (`render_pin`).
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from ..clock import now
from ..datasets import store as datasets
from ..door.turns import Turns
from ..storage import Reader
from ..templates import UNSET, Scope, TemplateProblem, has_variables, render, render_text
from .blocks.drawing import draw_blocks
from .drawn_past import Past, Stretch, names_in, points_of, read_past
from .fitting import print_at
from .pin import Pin
from .shown import Drawn, drawn_config
from .sources.sources import ANY, NONE, Sources, places_of, read_sources
from .trends import MOST_POINTS, Points, list_templates, with_drawn
from .types import PIN_TYPES

Errors = list[dict[str, str]]

# s of our own work for the pins of one owner that are shown together. One text has a bound of its own
# (see `templates.budget`); after this none is begun any more.
MOST_IN_TURNS = 3.0  # a thousand pins that draw much, on a small machine; others have their turns
MOST_AT_ONCE = 0.3  # nobody else is answered meanwhile
MOST_FOR_ONE = 0.1  # s for one pin, which is rendered in one go; after it no text or block is begun
# Characters that pins of one owner have in one answer or frame once they are drawn: a few words can
# draw a whole dataset. What has no room beside the others is left out.
MOST_DRAWN = 16 * 1024 * 1024
MOST_PAST = (
    16 * 1024 * 1024
)  # bytes, or so, of what datasets were; further figures draw no line of it
CUT = "…"


class Patience:
    """What each owner's pins took so far, in time and room."""

    def __init__(self, most: float | None = None, room: int | None = None) -> None:
        self._most = MOST_IN_TURNS if most is None else most
        self._room = MOST_DRAWN if room is None else room
        self._spent: dict[str, float] = {}
        self._filled: dict[str, int] = {}

    def is_over(self, owner_id: str) -> bool:
        """Whether nothing more of theirs is rendered."""
        return self._spent.get(owner_id, 0.0) > self._most

    def take(self, owner_id: str, seconds: float) -> None:
        """Note what a rendering took."""
        self._spent[owner_id] = self._spent.get(owner_id, 0.0) + seconds

    def has_room(self, owner_id: str, characters: int) -> bool:
        """Whether one more has room among theirs; if so, it takes it. The first one always has."""
        filled = self._filled.get(owner_id, 0)
        if filled and filled + characters > self._room:
            return False
        self._filled[owner_id] = filled + characters
        return True


class Material(msgspec.Struct):
    """What some pins are drawn from: datasets by their owner and each of their names."""

    named: dict[tuple[str, str], datasets.Named]
    past: dict[str, Past] = {}  # of datasets that figures with a past draw from, by id
    past_size: int = 0  # bytes
    _read: dict[str, Any] = {}  # data by the id of its dataset

    @property
    def size(self) -> int:
        """Its bytes."""
        distinct = {found.id: len(found.data) for found in self.named.values()}
        return sum(distinct.values()) + self.past_size

    def data_of(self, found: datasets.Named) -> Any:
        """The data of a dataset, read once however many pins draw from it."""
        if found.id not in self._read:
            self._read[found.id] = msgspec.json.decode(found.data)
        return self._read[found.id]


async def draw(reader: Reader, pins: Sequence[Pin], at: int | None = None) -> list[Drawn]:
    """The pins as they are shown, in the same order; what is plain costs no statement.

    With `at`, drawn from the datasets as they were then.
    """
    material = await gather(reader, pins, at)
    moment, patience = now() if at is None else at, Patience(MOST_AT_ONCE)
    return [render_pin(pin, material, moment, patience) for pin in pins]


async def render_in_turns(
    pins: Sequence[Pin], material: Material, turns: Turns, room: int | None = None
) -> list[Drawn]:
    """The pins as they are shown, in the same order; everybody else has a turn after each.

    For outside a reader: meanwhile the store may change. What takes much memory waits for its own
    turn; raises Unavailable if too much does.
    """
    if all(pin.sources is None for pin in pins):
        return [draw_plain(pin) for pin in pins]
    said = sum(len(pin.config) + len(pin.blocks or "") for pin in pins)
    async with turns.take(material.size + said):
        moment, patience, drawn = now(), Patience(room=room), list[Drawn]()
        for pin in pins:
            drawn.append(render_pin(pin, material, moment, patience))
            if pin.sources is not None:
                await asyncio.sleep(0)
    return drawn


async def draw_one(reader: Reader, pin: Pin, at: int | None = None) -> Drawn:
    """A pin as it is shown."""
    return (await draw(reader, [pin], at))[0]


async def gather(reader: Reader, pins: Sequence[Pin], at: int | None = None) -> Material:
    """Everything that the pins are drawn from, in the state that the reader looks at."""
    wanted: dict[str, set[str]] = {}
    for pin in pins:
        if pin.sources is not None:
            let_in = _sources(pin).of(pin.owner_id)
            names = {name for name, how in let_in.items() if how != NONE}
            wanted.setdefault(pin.owner_id, set()).update(names)
    material = Material({})
    for owner_id, names in wanted.items():
        if not names:
            continue
        if at is None:
            found = await datasets.list_named(reader, owner_id, names)
        else:
            found = await datasets.list_named_at(reader, owner_id, names, at)
        for named in found:
            material.named[owner_id, named.slug] = material.named[owner_id, named.id] = named
    if at is None:
        await _gather_past(reader, pins, material)
    return material


async def _gather_past(reader: Reader, pins: Sequence[Pin], material: Material) -> None:
    """What the datasets were, for figures that draw their past."""
    for pin in pins:
        if pin.sources is None:
            continue
        for text in list_templates(pin).values():
            for found in _drawn_from(pin, text, material):
                if found.id not in material.past and material.past_size < MOST_PAST:
                    past = await read_past(reader, found, MOST_POINTS)
                    material.past[found.id] = past
                    material.past_size += len(past) * len(found.data)


def _drawn_from(pin: Pin, text: str, material: Material) -> list[datasets.Named]:
    """The datasets that a text of the pin draws from."""
    named = (material.named.get((pin.owner_id, name)) for name in names_in(text, pin.dataset_id))
    return list({found.id: found for found in named if found is not None}.values())


async def read_drawn(
    reader: Reader, pin: Pin, text: str, most: int, since: int, until: int
) -> list[Stretch]:
    """What is needed to render a text of the pin with the data of a stretch of time."""
    material = await gather(reader, [pin])
    scope = _scope(pin, _sources(pin), material, now())
    return [
        Stretch(scope, names, await read_past(reader, found, most, since, until))
        for found in _drawn_from(pin, text, material)
        if (names := {found.slug, found.id} & scope.datasets.keys())
    ]


def draw_plain(pin: Pin) -> Drawn:
    """A pin without variables."""
    return Drawn(pin, pin.title, pin.config, draw_blocks(pin.blocks))


def render_pin(pin: Pin, material: Material, moment: int, patience: Patience) -> Drawn:
    """The pin with everything resolved that its texts name."""
    if pin.sources is None:
        return draw_plain(pin)
    sources = _sources(pin)
    scope = _scope(pin, sources, material, moment)
    errors = _own_errors(pin, sources, material)
    took = 0.0

    def resolved(value: Any, places: Mapping[str, str], path: str) -> Any:
        nonlocal took
        is_text = isinstance(value, str) and "" in places
        if took > MOST_FOR_ONE or patience.is_over(pin.owner_id):
            errors.append({"field": path, "name": "", "reason": "LIMIT"})
            return _cut(value)
        began = time.thread_time()
        done = render_text(value, places[""], scope) if is_text else render(value, places, scope)
        seconds = time.thread_time() - began
        took += seconds
        patience.take(pin.owner_id, seconds)
        errors.extend(_as_json(problem, path) for problem in done.problems)
        return done.value

    def misfits(field: str, message: str) -> None:
        errors.append({"field": field, "name": message, "reason": "BLOCK_CONTENT_INVALID"})

    title = resolved(pin.title, {"": "text"}, "title") if "{{" in pin.title else pin.title
    config = pin.config
    if has_variables(config):
        written = msgspec.json.decode(drawn_config(pin.pin_type, config))
        config = fitted(pin.pin_type, resolved(written, places_of(pin.pin_type), ""), errors)
    blocks = draw_blocks(pin.blocks, resolved, misfits)
    size = len(config) + (len(msgspec.json.encode(blocks)) if blocks else 0)
    if not patience.has_room(pin.owner_id, size):
        return Drawn(pin.without_content(), title, "", [], has_variables=True, errors=errors)
    history = _history(pin, material, scope)
    return Drawn(pin, title, config, blocks, has_variables=True, errors=errors, history=history)


def _history(pin: Pin, material: Material, scope: Scope) -> str | None:
    """The past of the pin's figures, where some of them draw from datasets."""
    drawn: Points = {}
    for path, text in list_templates(pin).items():
        for found in _drawn_from(pin, text, material):
            names = {found.slug, found.id} & scope.datasets.keys()
            past = material.past.get(found.id, ()) if names else ()
            drawn.setdefault(path, []).extend(points_of(text, Stretch(scope, names, past)))
    return with_drawn(pin, drawn) if drawn else None


def fitted(pin_type: str, value: Any, errors: Errors) -> str:
    """A rendered config as JSON; what does not fit its type any more is added to the errors.

    Where only a text fits, a number or a dash becomes one: that is what was meant.
    """
    text = msgspec.json.encode(value)
    problems = PIN_TYPES[pin_type].find_problems(text)
    if not problems:
        return text.decode()
    shown = msgspec.json.decode(text)  # a copy: what is rendered holds the datasets' own lists
    known = {error["field"] for error in errors}
    for problem in problems:
        if problem.expected == "text" and print_at(shown, problem.field):
            continue
        if problem.field not in known:
            errors.append(
                {"field": problem.field, "name": problem.message, "reason": "PIN_CONFIG_INVALID"}
            )
    return msgspec.json.encode(shown).decode()


def _scope(pin: Pin, sources: Sources, material: Material, moment: int) -> Scope:
    """What the pin's texts may see."""
    known: dict[str, Any] = {}
    refused = set()
    for name, how in sources.of(pin.owner_id).items():
        found = None if how == NONE else material.named.get((pin.owner_id, name))
        if how == NONE or (found is not None and how not in (ANY, found.id)):
            refused.add(name)
        elif found is not None:
            known[name] = material.data_of(found)
    return Scope(
        own=known.get(pin.dataset_id or "", UNSET),
        datasets=known,
        by_id=known,
        not_allowed=frozenset(refused),
        meta={"updated_at": pin.updated_at, "pin_id": pin.id, "sources": sorted(known)},
        now=moment,
    )


def _own_errors(pin: Pin, sources: Sources, material: Material) -> Errors:
    """Why the pin's own dataset has nothing to say, where it names one."""
    own = pin.dataset_id
    if own is None:
        return []
    if sources.of(pin.owner_id).get(own, NONE) == NONE:
        return [{"field": "dataset_id", "name": own, "reason": "DATASET_NOT_ALLOWED"}]
    if (pin.owner_id, own) not in material.named:
        return [{"field": "dataset_id", "name": own, "reason": "MISSING"}]
    return []


def _cut(value: Any) -> Any:
    """The value with a mark in place of every text that would have to be rendered."""
    if isinstance(value, str):
        return CUT if "{{" in value else value
    if isinstance(value, dict):
        return {name: _cut(item) for name, item in value.items()}
    return [_cut(item) for item in value] if isinstance(value, list) else value


def _as_json(problem: TemplateProblem, path: str) -> dict[str, str]:
    field = "/".join(part for part in (path, problem.field) if part)
    return {**problem.as_json(), "field": field}


def _sources(pin: Pin) -> Sources:
    sources = read_sources(pin.sources)
    assert sources is not None, "only pins with variables have a scope"
    return sources
