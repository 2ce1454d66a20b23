"""The SQL of searching: the ids of what somebody has or was given, by words.

It looks through the texts of those things alone, however many other people have. Whether each of
them really exists for the caller is asked of its own store afterwards.
"""

from collections.abc import Sequence
from typing import Any, Final

from ..door.caller import Caller
from ..storage import Reader

MOST_WORDS: Final = 8

# What somebody was given a role on, and the pinboards and pages that they see as theirs.
GIVEN = "SELECT g.thing_id FROM grants g WHERE g.user_id = :user"
BOARDS = f"""SELECT b.id FROM pinboards b WHERE b.owner_id = :user AND b.deleted_at IS NULL
    UNION {GIVEN}"""
PAGES = f"""SELECT c.id FROM pages c WHERE c.owner_id = :user AND c.deleted_at IS NULL
    UNION {GIVEN}"""

FIND: Final = {
    "pin": f"""SELECT id FROM pins WHERE id IN
        (SELECT o.id FROM pins o WHERE o.owner_id = :user AND o.deleted_at IS NULL UNION {GIVEN}
        UNION SELECT p.pin_id FROM placements p WHERE p.pinboard_id IN ({BOARDS})
        UNION SELECT s.pin_id FROM page_pins s WHERE s.page_id IN ({PAGES}))
        AND deleted_at IS NULL""",
    "pinboard": f"""SELECT id FROM pinboards WHERE id IN ({BOARDS}) AND deleted_at IS NULL""",
    "page": f"""SELECT id FROM pages WHERE id IN ({PAGES}) AND deleted_at IS NULL""",
    "dataset": "SELECT id FROM datasets WHERE owner_id = :user AND deleted_at IS NULL",
}
TITLES: Final = {"dataset": "name || ' ' || slug"}  # of the others, their title


async def find_ids(
    reader: Reader, kind: str, caller: Caller, words: Sequence[str], most: int
) -> list[str]:
    """The ids of things of a kind whose texts hold all of the words, the best first.

    A title that begins with what is looked for comes first, then one that holds it, then the rest;
    of equals the one that changed last.
    """
    values: dict[str, Any] = {"user": caller.user_id, "most": most}
    values["start"] = _literal(" ".join(words)) + "%"
    values["inside"] = "%" + values["start"]
    title = TITLES.get(kind, "title")
    text = f"lower({title} || ' ' || description || ' ' || tags)"
    where = ""
    if caller.resources is not None:
        where = " AND id IN (:resources*)"
        values["resources"] = sorted(caller.resources)
    for name, word in zip("abcdefgh", words, strict=False):
        values[f"word_{name}"] = f"%{_literal(word)}%"
        where += f" AND {text} LIKE :word_{name} ESCAPE '!'"
    rows = await reader.rows(
        f"""{FIND[kind]}{where} ORDER BY
        CASE WHEN lower({title}) LIKE :start ESCAPE '!' THEN 0
        WHEN lower({title}) LIKE :inside ESCAPE '!' THEN 1 ELSE 2 END, updated_at DESC, id
        LIMIT :most""",
        values,
    )
    return [row[0] for row in rows]


def _literal(text: str) -> str:
    """A text whose wildcards mean themselves."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
