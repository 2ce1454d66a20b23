"""The results as a page: what was asked, what came out, and under what conditions."""

from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import Any

Rounds = Sequence[dict[str, Any]]
Pick = Callable[[dict[str, Any]], float]

HEAD = """# Benchmarks

Made by `make bench`; the samples behind this page are in `results.json`. Read the ratios: both
sides of each were measured in the same round, one after the other, on the same cores. Every figure
is the median over the rounds, with the least and the most of them in brackets."""


def page(results: dict[str, Any]) -> str:
    """`results.md`."""
    parts = [HEAD, _verdicts(results)]
    for name, title in (("push", "Push, on SQLite"), ("push_postgres", "Push, on PostgreSQL")):
        if name in results:
            parts.append(_push(title, results[name]))
    if "watch" in results:
        parts.append(_watch(results["watch"]))
    if "glance" in results:
        parts.append(_glance(results["glance"]))
    for name, title in (("scale", "Scale, on SQLite"), ("scale_postgres", "Scale, on PostgreSQL")):
        if name in results:
            parts.append(_scale(title, results[name]))
    if "datasets" in results:
        parts.append(_datasets(results["datasets"]))
    for name, why in results["missing"].items():
        parts.append(f"## Not measured: {name}\n\n{why}")
    parts.append(_conditions(results))
    return "\n\n".join(parts) + "\n"


def _verdicts(results: dict[str, Any]) -> str:
    """What was to be reached, and whether it was."""
    asked: list[tuple[str, str, Pick, float, bool]] = [
        ("push", "push, of the bare app (aim: 0.30)", _push_ratio("one pin"), 0.20, True),
        ("watch", "watch, deliveries of nchan's", _watch_ratio("pressed"), 0.75, True),
        ("glance", "glance p50, ms", _at("busy", "each_p50_ms"), 5, False),
        ("glance", "glance p99, ms", _at("busy", "each_p99_ms"), 50, False),
        ("glance", "idle viewer, KiB", _at("idle", "kib_per_viewer"), 12, False),
    ]
    body = []
    for name, title, pick, limit, is_least in asked:
        if name in results:
            figures = [pick(each) for each in results[name]]
            middle = median(figures)
            kept = middle >= limit if is_least else middle <= limit
            target = f"{'≥' if is_least else '≤'} {limit:g}"
            body.append((title, _spread(figures), target, "yes" if kept else "**no**"))
    return _table(("", "measured", "target", "reached"), body)


def _push(title: str, rounds: Rounds) -> str:
    head = ("64 connections", "pushes/s", "of bare", "p50 ms", "p99 ms", "server's CPU µs each")
    body = [
        (
            kind,
            _over(rounds, _at(kind, "per_second"), 0),
            _over(rounds, _push_ratio(kind)),
            _over(rounds, _at(kind, "answer_p50_ms")),
            _over(rounds, _at(kind, "answer_p99_ms")),
            _over(rounds, _at(kind, "cpu_us"), 0),
        )
        for kind in ("bare", "one pin", "64 pins")
    ]
    checked = sum(each[kind]["all_pushes"] for each in rounds for kind in ("one pin", "64 pins"))
    return f"""## {title}

`PUT /v1/pins/:id` with the quickstart's body and a value that differs each time, as `pindown serve`
is by default: key, scope, budget, rights, types, revision, full sync, live. All {checked:,} answers
were 200, and the stores held exactly that many revisions afterwards.

{_table(head, body)}"""


def _watch(rounds: Rounds) -> str:
    head = (
        "1,000 viewers of one pin",
        "last viewer p50 ms",
        "max ms",
        "deliveries/s, paced",
        "deliveries/s, pressed",
        "skipped, pressed",
        "server's core, paced",
    )
    body = [
        (
            kind,
            _over(rounds, _at(kind, "single", "last_p50_ms")),
            _over(rounds, _at(kind, "single", "last_max_ms")),
            _over(rounds, _at(kind, "paced", "deliveries_per_s"), 0),
            _over(rounds, _at(kind, "pressed", "deliveries_per_s"), 0),
            _over(rounds, _skipped(kind)),
            _over(rounds, _at(kind, "paced", "server_cpu")),
        )
        for kind in ("pindown", "nchan")
    ]
    size = rounds[0]["nchan"]["event_bytes"]
    return f"""## Watch

The same event of {size} bytes for both. Time to the last viewer: one push at a time, from its first
byte. Paced: each push waits until the last viewer has the one before, so both deliver every push to
every viewer. Pressed: up to eight wait; then Pindown shows the newest value of the pin and skips
what is older (the share that was skipped; it does not count as delivered), while nchan queues all.
Our pushes are checked and on disk before they are delivered; nchan keeps its in memory.

{_table(head, body)}

- deliveries, paced, of nchan's: **{_over(rounds, _watch_ratio("paced"))}**
- deliveries, pressed, of nchan's: **{_over(rounds, _watch_ratio("pressed"))}**
- time to the last viewer, nchan's of ours: **{_over(rounds, _last_ratio)}**"""


def _glance(rounds: Rounds) -> str:
    head = ("p50 ms", "p99 ms", "max ms", "the push's answer p50 ms", "server's core")
    fields = ("each_p50_ms", "each_p99_ms", "each_max_ms", "answer_p50_ms", "server_cpu")
    row = [_over(rounds, _at("busy", field)) for field in fields]
    received = sum(each["busy"]["received"] for each in rounds)
    skipped = sum(each["busy"]["superseded"] for each in rounds)
    behind = max(each["busy"]["behind_ms"] for each in rounds)
    return f"""## Glance

100 pushes a second, evenly spaced, on the 30 pins of a board with 200 viewers: from the first byte
of the push to the event at each viewer. {received:,} events arrived, {skipped:,} were skipped for a
newer one of the same pin, none was lost. The load itself was late by {behind:.1f} ms at most.

{_table(head, [row])}

An idle viewer costs the server **{_over(rounds, _at("idle", "kib_per_viewer"), 1)} KiB**: what its
proportional memory grows by for 1,000 viewers of one pin, once it has stopped growing. With all of
them the server has {_over(rounds, _at("idle", "server_mib"), 0)} MiB."""


def _scale(title: str, rounds: Rounds) -> str:
    body = [
        (
            name,
            _over(rounds, _at("asked", name, "p50_ms")),
            _over(rounds, _at("asked", name, "p99_ms")),
        )
        for name in rounds[0]["asked"]
    ]
    plans = "\n".join(
        f"{name}\n" + "\n".join(f"    {line}" for line in lines)
        for name, lines in rounds[0]["plans"].items()
    )
    return f"""## {title}

10,000 users, 100,000 pins, 1,000,000 revisions, 10,000 pinboards and as many pages with 90,000
places each, 100,000 roles. Twenty of the users ask in turn over one connection; the times are the client's, in ms.

{_table(("", "p50 ms", "p99 ms"), body)}

How the database finds it; nothing looks through what others have:

```
{plans}
```"""


def _datasets(rounds: Rounds) -> str:
    head = (
        "dependants",
        "answer p50 ms",
        "server's CPU ms each",
        "answer p50 ms, seen by one",
        "shown p50 ms",
        "shown max ms",
    )
    fields = ("answer_p50_ms", "cpu_ms", "seen_answer_p50_ms", "shown_p50_ms", "shown_max_ms")
    numbers = [name for name, sample in rounds[0].items() if isinstance(sample, dict)]
    body = [
        (f"{int(number):,}", *(_over(rounds, _at(number, field)) for field in fields))
        for number in numbers
    ]
    return f"""## Datasets

`PUT /v1/datasets/:id` with so many pins that draw from it, in a store with 10,000 pins that draw from
nothing. Seen: a viewer of 30 of them (or of all, where there are fewer) got each change as one frame
of all it sees, from the first byte of the change to the last of the frame.

{_table(head, body)}"""


def _conditions(results: dict[str, Any]) -> str:
    rows = [(name, str(value)) for name, value in results["machine"].items()]
    samples = list(_samples(results))
    stolen = max((sample["stolen"] for sample in samples), default=0)
    others = max((sample["others"] for sample in samples), default=0)
    return f"""## Conditions

{_table(("", ""), rows)}

Server on core 0, load on core 1, both with priority, PostgreSQL on either core. At worst the
hypervisor took {stolen:.1%} of the machine, and other processes {others:.1%}, while a sample that
counts was taken: one with more than 2 % or 10 % is taken again, up to twice and twelve times in all,
and the calmest kept.
{results["seconds"]:.0f} s in all."""


def _samples(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "stolen" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _samples(inner)


def _at(*path: str) -> Pick:
    def pick(each: dict[str, Any]) -> float:
        found: Any = each
        for name in path:
            found = found[name]
        return float(found)

    return pick


def _push_ratio(kind: str) -> Pick:
    return lambda each: _at(kind, "per_second")(each) / _at("bare", "per_second")(each)


def _watch_ratio(phase: str) -> Pick:
    def ratio(each: dict[str, Any]) -> float:
        ours, theirs = (_at(kind, phase, "deliveries_per_s") for kind in ("pindown", "nchan"))
        return ours(each) / theirs(each)

    return ratio


def _last_ratio(each: dict[str, Any]) -> float:
    ours, theirs = (_at(kind, "single", "last_p50_ms") for kind in ("pindown", "nchan"))
    return theirs(each) / ours(each)


def _skipped(kind: str) -> Pick:
    def share(each: dict[str, Any]) -> float:
        phase = each[kind]["pressed"]
        return float(phase["superseded"] / (phase["superseded"] + phase["received"]))

    return share


def _over(rounds: Rounds, pick: Pick, digits: int = 2) -> str:
    return _spread([pick(each) for each in rounds], digits)


def _spread(values: Sequence[float], digits: int = 2) -> str:
    """Median, least and most."""
    low, high = min(values), max(values)
    return f"{median(values):,.{digits}f} ({low:,.{digits}f}…{high:,.{digits}f})"


def _table(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
