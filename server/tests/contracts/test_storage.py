"""What every store promises, on SQLite and on PostgreSQL."""

import asyncio
import contextlib
from pathlib import Path

import pytest
from inside import PATIENCE
from pindown_server.changes import Change
from pindown_server.errors import Conflict
from pindown_server.settings import SettingError, Settings
from pindown_server.storage import Database, Transaction, open_database, sqlite
from pindown_server.storage.held import Ended, HeldDatabase
from pindown_server.storage.statement import for_postgres

ADD = "INSERT INTO links (digest, purpose, user_id, expires_at) VALUES (:digest, 'test', NULL, :n)"
COUNT = "SELECT count(*) FROM links WHERE purpose = 'test'"


class Refused(Exception):
    """Raised inside a transaction, on purpose."""


async def _count(database: Database) -> int:
    async with database.reader() as reader:
        row = await reader.find(COUNT, {})
    assert row is not None
    count: int = row[0]
    return count


async def _add(tx: Transaction, number: int) -> None:
    await tx.run(ADD, {"digest": f"d{number}", "n": number})


async def test_what_is_committed_is_read(database: Database) -> None:
    async with database.transaction() as tx:
        await _add(tx, 1)
    assert await _count(database) == 1


async def test_a_transaction_that_raises_leaves_nothing(database: Database) -> None:
    with pytest.raises(Refused):
        async with database.transaction() as tx:
            await _add(tx, 1)
            raise Refused
    assert await _count(database) == 0


async def test_a_change_that_answers_rows_is_one_like_any(database: Database) -> None:
    told: list[str] = []
    database.publish = lambda changes: told.extend(change.topic for change in changes)
    take = "DELETE FROM links WHERE digest = 'd1' RETURNING digest"
    async with database.transaction() as tx:
        await _add(tx, 1)
    with pytest.raises(Refused):
        async with database.transaction() as tx:
            assert [tuple(row) for row in await tx.rows(take, {})] == [("d1",)]
            raise Refused
    assert await _count(database) == 1
    async with database.transaction() as tx:
        assert await tx.find(take, {}) is not None
        tx.announce(Change("d1", "deleted"))
    assert (await _count(database), told) == (0, ["d1"])


async def test_of_many_at_once_only_the_failing_are_rolled_back(database: Database) -> None:
    told: list[str] = []
    database.publish = lambda changes: told.extend(change.topic for change in changes)

    async def one(number: int) -> None:
        async with database.transaction() as tx:
            await _add(tx, number)
            tx.announce(Change(str(number), "pin"))
            if number % 3 == 0:
                raise Refused

    ended = await asyncio.gather(*[one(number) for number in range(90)], return_exceptions=True)
    assert sum(isinstance(end, Refused) for end in ended) == 30
    assert await _count(database) == 60
    assert sorted(map(int, told)) == [number for number in range(90) if number % 3]


async def test_announcements_leave_after_the_commit(database: Database) -> None:
    seen: list[int] = []

    def publish(changes: list[Change]) -> None:
        seen.append(len(changes))

    database.publish = publish
    async with database.transaction() as tx:
        await _add(tx, 1)
        tx.announce(Change("p-1", "pin"))
        assert seen == []
    assert seen == [1]


async def test_of_two_who_add_the_same_at_once_one_is_told(database: Database) -> None:
    async def one() -> None:
        async with database.transaction() as tx:
            await _add(tx, 1)

    ended = await asyncio.gather(*[one() for _ in range(8)], return_exceptions=True)
    assert sum(isinstance(end, Conflict) for end in ended) == 7
    assert await _count(database) == 1


async def test_what_hangs_on_something_that_is_gone_is_a_conflict(database: Database) -> None:
    with pytest.raises(Conflict):
        async with database.transaction() as tx:
            await _add(tx, 1)
            await tx.run("UPDATE links SET user_id = :user", {"user": "usr_gone"})
    assert await _count(database) == 0


async def test_two_who_change_one_row_do_not_lose_a_change(database: Database) -> None:
    async with database.transaction() as tx:
        await _add(tx, 0)

    async def one() -> None:
        async with database.transaction() as tx:
            row = await tx.find(
                "SELECT expires_at FROM links WHERE digest = :digest {lock}", {"digest": "d0"}
            )
            assert row is not None
            await tx.run(
                "UPDATE links SET expires_at = :n WHERE digest = :digest",
                {"digest": "d0", "n": row[0] + 1},
            )

    await asyncio.gather(*[one() for _ in range(60)])
    async with database.reader() as reader:
        row = await reader.find("SELECT expires_at FROM links WHERE digest = 'd0'", {})
    assert row is not None
    assert row[0] == 60


async def test_statements_take_lists_and_the_number_of_rows_comes_back(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.run_many(ADD, [{"digest": f"d{n}", "n": n} for n in range(5)])
        changed = await tx.run(
            "UPDATE links SET expires_at = 100 WHERE digest IN (:digests*)",
            {"digests": ["d1", "d2", "d9"]},
        )
        nobody = await tx.rows("SELECT digest FROM links WHERE digest IN (:none*)", {"none": []})
    assert (changed, list(nobody)) == (2, [])


async def test_a_reader_sees_one_state(database: Database) -> None:
    async with database.reader() as reader:
        before = await reader.find(COUNT, {})
        async with database.transaction() as tx:
            await _add(tx, 1)
        after = await reader.find(COUNT, {})
    assert before is not None
    assert after is not None
    assert (before[0], after[0]) == (0, 0)
    assert await _count(database) == 1


async def test_sqlite_waits_for_the_disk_and_keeps_references(tmp_path: Path) -> None:
    database = await open_database(Settings(data=tmp_path))
    async with database.transaction() as tx:
        kept = [
            await tx.rows(f"SELECT * FROM pragma_{name}", {})
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert [[*rows[0]] for rows in kept] == [["wal"], [2], [1]]
    await database.close()


async def test_the_log_of_sqlite_is_copied_into_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "CHECKPOINT_PAGES", 1)
    database = await sqlite.open_sqlite(tmp_path / "one.db")
    async with database.transaction() as tx:
        await _add(tx, 4711)
    assert database._checkpoint is not None
    await database._checkpoint
    assert b"d4711" in (tmp_path / "one.db").read_bytes()
    await database.close()


async def test_the_log_of_sqlite_is_cut_under_unbroken_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "CUT_PAGES", 1)
    database = await sqlite.open_sqlite(tmp_path / "one.db")
    async with database.transaction() as tx:
        await _add(tx, 0)
    sizes = []
    for number in range(20):
        async with database.transaction() as tx:
            await tx.run("UPDATE links SET expires_at = :n", {"n": number})
        sizes.append((tmp_path / "one.db-wal").stat().st_size)
    assert sizes == sizes[:1] * 20
    assert sizes[0] > 0
    await database.close()


async def test_a_transaction_inside_a_transaction_is_noticed_on_sqlite(tmp_path: Path) -> None:
    database = await open_database(Settings(data=tmp_path))
    with pytest.raises(RuntimeError, match="inside a transaction"):
        async with database.transaction() as tx:
            await _add(tx, 1)
            async with database.transaction():
                pass
    assert await _count(database) == 0
    await database.close()


async def test_a_body_that_waits_for_something_else_mixes_with_nobody(tmp_path: Path) -> None:
    database = await open_database(Settings(data=tmp_path))
    may_end = asyncio.Event()

    async def waits() -> None:
        async with database.transaction() as tx:
            await _add(tx, 1)
            await may_end.wait()
            raise Refused

    waiting = asyncio.create_task(waits())
    await asyncio.sleep(0)
    other = asyncio.create_task(_commit_one(database))
    await asyncio.sleep(0)
    may_end.set()
    with pytest.raises(Refused):
        await waiting
    await other
    assert await _count(database) == 1
    await database.close()


async def _commit_one(database: Database) -> None:
    async with database.transaction() as tx:
        await _add(tx, 2)


async def test_another_process_that_writes_is_noticed(tmp_path: Path, database_url: str) -> None:
    settings = Settings(data=tmp_path, database=database_url)
    one, other = await open_database(settings), await open_database(settings)
    noticed = asyncio.Event()
    one.when_changed_outside = noticed.set
    async with other.transaction() as tx:
        await tx.run(
            "INSERT INTO users (id, email, name, tier, created_at, updated_at)"
            " VALUES ('usr_x', 'x@x', 'X', 'team', 1, 1)",
            {},
        )
    async with other.transaction() as tx:
        await tx.run("UPDATE users SET tier = 'hobby' WHERE id = 'usr_x'", {})
    async with asyncio.timeout(PATIENCE):
        while not noticed.is_set():
            one.notice_changes_outside()
            await asyncio.sleep(0)
    await one.close()
    await other.close()


async def test_a_store_of_a_newer_version_is_refused(tmp_path: Path, database_url: str) -> None:
    settings = Settings(data=tmp_path, database=database_url)
    database = await open_database(settings)
    async with database.transaction() as tx:
        await tx.run("INSERT INTO schema_versions (version, at) VALUES (9999, 1)", {})
    await database.close()
    with pytest.raises(SettingError, match="use a newer Pindown"):
        await open_database(settings)


@pytest.mark.parametrize("url", ["postgresql://nobody@127.0.0.1:1/none", "postgresql://"])
async def test_a_database_that_is_not_there_is_a_sentence(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingError, match="cannot be opened"):
        await open_database(Settings(data=tmp_path, database=url))


async def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(SettingError, match="cannot be opened"):
        await open_database(Settings(data=tmp_path / "file"))


def test_placeholders_are_left_alone_in_casts() -> None:
    numbered = for_postgres("SELECT :a::text, :b, :a {lock}")
    assert numbered == ("SELECT $1::text, $2, $1 FOR UPDATE", ("a", "b"))


async def test_a_part_that_fails_leaves_nothing_and_the_rest_stays(database: Database) -> None:
    told: list[str] = []
    done: list[str] = []
    database.publish = lambda changes: told.extend(change.topic for change in changes)
    async with database.transaction() as tx:
        for number in range(4):
            with contextlib.suppress(Refused):
                async with tx.attempt():
                    await _add(tx, number)
                    tx.announce(Change(str(number), "pin"))
                    tx.after_commit(lambda number=number: done.append(str(number)))
                    if number % 2:
                        raise Refused
        assert (told, done) == ([], [])
    assert await _count(database) == 2
    assert (told, done) == (["0", "2"], ["0", "2"])


async def test_what_follows_the_commit_sees_it_and_a_failure_has_nothing_that_follows(
    database: Database,
) -> None:
    done: list[int] = []
    async with database.transaction() as tx:
        await _add(tx, 1)
        tx.after_commit(lambda: done.append(1))
    assert done == [1]
    with pytest.raises(Refused):
        async with database.transaction() as tx:
            tx.after_commit(lambda: done.append(2))
            raise Refused
    assert done == [1]


async def test_what_is_announced_as_one_frame_has_one_mark(database: Database) -> None:
    told: list[Change] = []
    database.publish = told.extend
    for _ in range(2):
        async with database.transaction() as tx:
            await _add(tx, len(told))
            for topic in ("a", "b"):
                tx.announce(Change(topic, "pin"))
            tx.as_one_frame()
    marks = [change.frame for change in told]
    assert all(marks)
    assert (marks[0], marks[2]) == (marks[1], marks[3])
    assert marks[0] != marks[2]


async def test_a_held_transaction_ends_with_its_holder(database: Database) -> None:
    async with HeldDatabase(database) as held:
        async with held.transaction() as tx:
            await _add(tx, 1)
        async with held.reader() as reader:  # what the call itself did counts already …
            assert await reader.find(COUNT, {}) == (1,)
        assert await _count(database) == 0  # … and for others not yet
        async with held.transaction() as tx:
            await _add(tx, 2)
    assert await _count(database) == 2


async def test_a_held_transaction_can_be_undone(database: Database) -> None:
    told: list[Change] = []
    done: list[int] = []
    database.publish = told.extend
    async with HeldDatabase(database) as held:
        async with held.transaction() as tx:
            await _add(tx, 1)
            tx.announce(Change("a", "pin"))
            tx.after_commit(lambda: done.append(1))
        await held.undo()
    async with HeldDatabase(database) as held:
        with pytest.raises(Refused):
            async with held.transaction() as tx:
                await _add(tx, 2)
                raise Refused
        async with held.transaction() as tx:  # a new one
            await _add(tx, 3)
    with pytest.raises(Refused):
        async with HeldDatabase(database) as held:
            async with held.transaction() as tx:
                await _add(tx, 4)
            raise Refused
    assert await _count(database) == 1
    assert (told, done) == ([], [])


async def test_a_held_transaction_may_have_nothing_to_do(database: Database) -> None:
    async def begin(tx: Transaction) -> bool:
        await _add(tx, 1)
        return False

    with pytest.raises(Ended):
        async with HeldDatabase(database, begin) as held, held.transaction():
            raise AssertionError("there is nothing to do")
    assert await _count(database) == 1
