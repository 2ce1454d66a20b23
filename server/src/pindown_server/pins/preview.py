"""What a template would show: `POST /v1/templates/preview`."""

from typing import Any, Literal

import msgspec

from ..clock import now
from ..datasets import store as datasets
from ..door.call import Answer, Call
from ..door.caller import Caller
from ..door.route import Routes
from ..errors import invalid
from ..parts import Parts
from ..storage import Reader
from ..templates import UNSET, References, Scope, find_references, render
from .body import TypeName
from .drawing import fitted
from .sources.sources import MOST_NAMES
from .types import get_pin_type

routes = Routes()


class Preview(msgspec.Struct, forbid_unknown_fields=True):
    """A text or a config, and what to fill it with.

    `pin_type` says where the texts of a config stand; `place` how a text by itself is escaped.
    `data`, or the dataset named by `dataset_id`, stands for the pin's own dataset: its keys are
    written bare. `datasets` maps slugs to data; other names are looked for among your datasets.
    """

    template: Any
    pin_type: TypeName | None = None
    place: Literal["text", "markdown", "url", "code"] = "text"
    data: Any = msgspec.UNSET
    dataset_id: str | None = None
    datasets: dict[str, Any] = {}


class Previewed(msgspec.Struct):
    """What is shown, what went wrong, which names are used, and which of them lead nowhere."""

    rendered: Any
    rendered_errors: list[dict[str, str]]
    names: list[str]
    missing: list[str]


@routes.add(
    "POST",
    "/v1/templates/preview",
    scope="datasets:read",
    cost=1,
    body=Preview,
    answer=Previewed,
    errors=(404,),
    is_read=True,
)
async def preview_template(call: Call, parts: Parts) -> Answer:
    """Render a text or a config: what it shows, which names it uses, which of them are missing."""
    asked = call.read(Preview)
    places = {"": asked.place} if asked.pin_type is None else _places(asked)
    references = find_references(asked.template, places)
    async with parts.database.reader() as reader:
        scope = await _scope(reader, call.caller, asked, references)
    rendered = render(asked.template, places, scope)
    value, errors = rendered.value, [problem.as_json() for problem in rendered.problems]
    if asked.pin_type is not None and not isinstance(asked.template, str):
        value = msgspec.Raw(fitted(asked.pin_type, value, errors).encode())
    return Answer(
        Previewed(
            value,
            errors,
            sorted(references.paths),
            sorted({p.name for p in rendered.problems if p.reason in _LEADS_NOWHERE}),
        )
    )


async def _scope(reader: Reader, caller: Caller, asked: Preview, references: References) -> Scope:
    """What was given, and what the caller has of the names beside it."""
    own: Any = UNSET if asked.data is msgspec.UNSET else asked.data
    if asked.dataset_id is not None:
        dataset = await datasets.get_dataset(reader, asked.dataset_id, caller)
        own = msgspec.json.decode(dataset.data)
    names = {*references.names, *references.dataset_ids} - asked.datasets.keys()
    if len(names) > MOST_NAMES:
        raise invalid("template", f"A template names at most {MOST_NAMES} things")
    known = {}
    for found in await datasets.list_named(reader, caller.user_id, names) if names else ():
        if caller.reaches(found.id):
            known[found.slug] = known[found.id] = msgspec.json.decode(found.data)
    return Scope(
        own=own,
        datasets={**known, **asked.datasets},
        by_id=known,
        meta={"sources": sorted(names & known.keys())},
        now=now(),
    )


_LEADS_NOWHERE = ("MISSING", "DATASET_NOT_ALLOWED")


def _places(asked: Preview) -> dict[str, str]:
    places = get_pin_type(asked.pin_type or "").places()
    if isinstance(asked.template, str):
        return {"": places.get("content", "text")}  # a markdown pin may be its text alone
    return places
