"""The past gets thinner with age, on both databases, with the times that are stored moved back."""

import asyncio
from typing import Any

import pytest
from inside import PATIENCE, Inside, stat
from pindown_server.clock import DAY, HOUR, MINUTE, now
from pindown_server.datasets.store import SHELF as DATASETS
from pindown_server.pins.past import SHELF
from pindown_server.retention import MIB, Rules, read_rules
from pindown_server.settings import Settings
from pindown_server.storage import take_lease, thinning
from pindown_server.storage.thinning import SLICE, thin_shelf
from scene import ask, make_pin

pytestmark = pytest.mark.usefixtures("by_hand")

RULES = read_rules(Settings())
GROWN = '{"cards":[{"title":"Sales","value":5}]}'
SIZE = len(GROWN) + len("{}")  # of a revision that `grow` makes
AGE = "UPDATE revisions SET at = at - :by, observed_at = observed_at - :by WHERE pin_id = :id"


async def push(inside: Inside, pin_id: str, value: object) -> None:
    await ask(inside, "PUT", f"/v1/pins/{pin_id}", {"content": stat(value)["content"]})


async def grow(inside: Inside, pin_id: str, first: int, count: int, step: int, by: str) -> None:
    """Revisions as if they had been pushed, one each step, the last one a step ago."""
    moment = now() // MINUTE * MINUTE
    values = [
        {
            "pin": pin_id,
            "revision": first + number,
            "at": moment - (count - number) * step,
            "by": by or None,
        }
        for number in range(count)
    ]
    async with inside.app.parts.database.transaction() as tx:
        await tx.run("DELETE FROM revisions WHERE pin_id = :id", {"id": pin_id})
        await tx.run_many(
            "INSERT INTO revisions (pin_id, revision, at, observed_at, by_user, by_key, what,"
            " config, details) VALUES (:pin, :revision, :at, :at, 'usr_x', :by, 'config',"
            f" '{GROWN}', '{{}}')",
            values,
        )
        await tx.run(
            "UPDATE pins SET thin_at = :now, revision = :last, kept_bytes = :size WHERE id = :id",
            {"now": moment, "last": first + count - 1, "size": count * SIZE, "id": pin_id},
        )


async def kept(inside: Inside, pin_id: str) -> list[Any]:
    """`(revision, at)` of what is left."""
    async with inside.app.parts.database.reader() as reader:
        rows = await reader.rows(
            "SELECT revision, at FROM revisions WHERE pin_id = :id ORDER BY revision",
            {"id": pin_id},
        )
    return [tuple(row) for row in rows]


async def state(inside: Inside, pin_id: str) -> tuple[int | None, int]:
    """`thin_at` and `kept_bytes`."""
    async with inside.app.parts.database.reader() as reader:
        row = await reader.find(
            "SELECT thin_at, kept_bytes FROM pins WHERE id = :id", {"id": pin_id}
        )
    assert row is not None
    return row[0], row[1]


async def thin(inside: Inside, rules: Rules = RULES, moment: int | None = None) -> int:
    return await thin_shelf(inside.app.parts.database, SHELF, rules, "node_test", moment)


async def test_pushes_of_a_key_get_thinner_in_slices(inside: Inside) -> None:
    pin_id, silent = await make_pin(inside), await make_pin(inside)
    await grow(inside, pin_id, 1, 900, 10_000, "key_x")  # two and a half hours, six a minute
    moment = now()  # of both: a minute may end between them
    assert await thin(inside, moment=moment) >= 900 // SLICE
    left = await kept(inside, pin_id)
    border = moment - HOUR
    old = [at for _, at in left if at < border // MINUTE * MINUTE]
    assert len({at // MINUTE for at in old}) == len(old), "one of each minute"
    assert all(at % MINUTE == 50_000 for at in old), "the last of it"
    young = [revision for revision, at in left if at >= border]
    assert young == list(range(young[0], 901)), "and everything of the last hour"
    assert await thin(inside, moment=moment) == 0, "it is not looked at again at once"
    due, size = await state(inside, pin_id)
    assert due is not None
    assert now() < due < now() + 3 * DAY
    assert size == len(left) * SIZE
    assert (await kept(inside, silent), (await state(inside, silent))[0] is not None) == (
        [(1, (await kept(inside, silent))[0][1])],
        True,
    )


async def test_what_a_person_changed_stays(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    await grow(inside, pin_id, 1, 300, 10_000, "")
    await thin(inside)
    assert len(await kept(inside, pin_id)) == 300


async def test_days_leave_hours_and_months_leave_nothing(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    await grow(inside, pin_id, 1, 800, 3 * HOUR // 2, "key_x")  # fifty days
    await grow_older(inside, pin_id, 60 * DAY)  # … which began 110 days ago
    await thin(inside)
    left = [at for _, at in await kept(inside, pin_id)]
    assert len([at for at in left if at < now() - 90 * DAY]) == 1
    assert len(left) in (30 * 16, 30 * 16 + 1), "sixteen a day, and one of before"
    # Twenty days later, all but the newest has gone: that is what the pin says.
    await thin(inside, moment=now() + 200 * DAY)
    assert [revision for revision, _ in await kept(inside, pin_id)] == [800]
    assert (await state(inside, pin_id))[0] is None


async def grow_older(inside: Inside, pin_id: str, by: int) -> None:
    async with inside.app.parts.database.transaction() as tx:
        await tx.run(AGE, {"by": by, "id": pin_id})
        await tx.run("UPDATE pins SET thin_at = :now WHERE id = :id", {"now": now(), "id": pin_id})


async def test_the_answers_stay_right_while_the_past_gets_thinner(inside: Inside) -> None:
    pin_id = await make_pin(inside, value=0)
    for value in range(1, 30):
        await push(inside, pin_id, value)
    await grow_older(inside, pin_id, 2 * HOUR)
    before = await kept(inside, pin_id)
    await thin(inside)
    left = await kept(inside, pin_id)
    assert len(left) < len(before)
    shown = await ask(inside, "GET", f"/v1/pins/{pin_id}?as_of={now()}")
    assert shown["pin_config"]["cards"][0]["value"] == 29
    points = await ask(inside, "GET", f"/v1/pins/{pin_id}/series?path=cards/0/value")
    assert [at for at, _ in points["series"]] == [at for _, at in left]
    listed = await ask(inside, "GET", f"/v1/pins/{pin_id}/revisions")
    assert [item["revision"] for item in listed["items"]] == [n for n, _ in reversed(left)]
    gone = next(n for n, _ in before if n not in dict(left))
    assert (await inside.call("GET", f"/v1/pins/{pin_id}/revisions/{gone}")).status == 404
    await push(inside, pin_id, 30)
    assert (await kept(inside, pin_id))[-1][0] == 31


@pytest.mark.parametrize("at_once", [SLICE, 6])
async def test_of_too_much_the_oldest_goes_and_people_last(
    inside: Inside, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(thinning, "SLICE", at_once)
    pin_id = await make_pin(inside)
    for value in range(40):
        content = {"cards": [{"title": "Sales", "value": value, "note": "x" * 40_000}]}
        await ask(inside, "PUT", f"/v1/pins/{pin_id}", {"content": content})
    async with inside.app.parts.database.transaction() as tx:
        await tx.run(
            "UPDATE revisions SET by_key = NULL WHERE pin_id = :id AND revision <= 3",
            {"id": pin_id},
        )
        await tx.run("UPDATE pins SET thin_at = 1 WHERE id = :id", {"id": pin_id})
    assert (await state(inside, pin_id))[1] > MIB
    await thin(inside, RULES._replace(most_bytes=MIB))
    left = [revision for revision, _ in await kept(inside, pin_id)]
    assert left[:3] == [1, 2, 3]
    assert left[3:] == list(range(left[3], 42))
    size = (await state(inside, pin_id))[1]
    assert MIB // 2 < size <= MIB
    await thin(inside, RULES._replace(most_bytes=50_000), now() + 100 * DAY)
    assert [revision for revision, _ in await kept(inside, pin_id)] == [41]
    async with inside.app.parts.database.transaction() as tx:
        await tx.run("UPDATE pins SET thin_at = 1 WHERE id = :id", {"id": pin_id})
    await thin(inside, RULES._replace(most_bytes=10_000), now() + 100 * DAY)
    assert [revision for revision, _ in await kept(inside, pin_id)] == [41], "what it shows stays"


async def test_a_pin_that_fills_up_is_looked_at_at_once(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    note = "x" * 450_000
    for value in range(10):
        content = {"cards": [{"title": "Sales", "value": value, "note": note}]}
        await ask(inside, "PUT", f"/v1/pins/{pin_id}", {"content": content})
    due, size = await state(inside, pin_id)
    assert size > 4 * MIB
    assert due is not None
    assert due <= now()


async def test_a_restart_goes_on_where_it_stopped(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    await grow(inside, pin_id, 1, 900, 10_000, "key_x")
    moment = now()
    stopped = asyncio.create_task(thin(inside, moment=moment))
    async with asyncio.timeout(PATIENCE):
        while len(await kept(inside, pin_id)) == 900:
            await asyncio.wait({stopped}, timeout=0)
    stopped.cancel()
    await asyncio.wait({stopped})
    async with inside.app.parts.database.transaction() as tx:
        await tx.run("DELETE FROM leases", {})
    await thin(inside, moment=moment)
    border = (moment - HOUR) // MINUTE * MINUTE
    old = [at for _, at in await kept(inside, pin_id) if at < border]
    assert len({at // MINUTE for at in old}) == len(old)
    assert all(at % MINUTE == 50_000 for at in old)


async def test_pushes_go_on_meanwhile(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    await grow(inside, pin_id, 1, 900, 10_000, "key_x")
    thinning = asyncio.create_task(thin(inside))
    pushes = [push(inside, pin_id, value) for value in range(100, 120)]  # none is shown already
    await asyncio.gather(thinning, *pushes)
    assert [revision for revision, _ in (await kept(inside, pin_id))[-20:]] == list(range(901, 921))
    before = (await state(inside, pin_id))[1]
    await push(inside, pin_id, 21)
    assert (await state(inside, pin_id))[1] > before


async def test_late_values_get_thinner_too(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    start = (now() - 3 * HOUR) // MINUTE * MINUTE
    for number in (50, 10, 30, 70, 20, 60, 40):  # seconds, in no order
        body = {"content": stat(number)["content"], "observed_at": start + number * 1000}
        await ask(inside, "PUT", f"/v1/pins/{pin_id}", body)
    await thin(inside, moment=now() + 90 * MINUTE)
    path = f"/v1/pins/{pin_id}/series?path=cards/0/value"
    points = (await ask(inside, "GET", path))["series"]
    assert [number for _, number in points] == [50.0, 70.0, 1.0]
    # One that comes in behind is looked at as well.
    body = {"content": stat(15)["content"], "observed_at": start + 15_000}
    await ask(inside, "PUT", f"/v1/pins/{pin_id}", body)
    await thin(inside, moment=now() + 90 * MINUTE)
    points = (await ask(inside, "GET", path))["series"]
    assert [number for _, number in points] == [50.0, 70.0, 1.0]


async def test_one_node_at_a_time_thins(inside: Inside) -> None:
    pin_id = await make_pin(inside)
    await grow(inside, pin_id, 1, 300, 10_000, "key_x")
    async with inside.app.parts.database.transaction() as tx:
        assert await take_lease(tx, "thinning", "node_other", now(), now() + HOUR)
    assert await thin(inside) == 0
    assert len(await kept(inside, pin_id)) == 300


async def test_the_past_of_datasets_gets_thinner_too(inside: Inside) -> None:
    database = inside.app.parts.database
    made = await ask(inside, "POST", "/v1/datasets", {"name": "Sales", "data": {"n": 0}})
    for number in range(1, 20):
        await ask(inside, "PUT", f"/v1/datasets/{made['id']}", {"data": {"n": number}})
    async with database.transaction() as tx:
        await tx.run("UPDATE dataset_revisions SET at = at - :by", {"by": 3 * HOUR})
        await tx.run("UPDATE datasets SET thin_at = 1", {})
    await thin_shelf(database, DATASETS, RULES, "node_test")
    listed = await ask(inside, "GET", f"/v1/datasets/{made['id']}/revisions")
    assert 1 <= listed["total"] <= 2
    assert listed["items"][0]["revision"] == 20
    async with database.reader() as reader:
        row = await reader.find("SELECT thin_at, kept_bytes FROM datasets", {})
    assert row is not None
    assert row[0] > now(), "and when the minutes are to become hours"
    assert 0 < row[1] < 500
