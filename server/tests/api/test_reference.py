"""The reference for people at /docs: whole, made of the document, needing nothing from elsewhere."""

import re
from html.parser import HTMLParser

from house import ROOT
from inside import Inside
from pindown_server.app import all_routes

STYLE = ROOT / "server/src/pindown_server/web/reference/page.css"
TOKENS = ROOT / "web/src/lib/ui/tokens.css"
COLOUR = re.compile(r"^\t--([\w-]+): (light-dark\(.*?\)|#\w+);$", re.MULTILINE)
VOID = {"meta", "link", "img", "input"}


class Reader(HTMLParser):
    """What is in a page: ids, links, what it loads, and whether its elements are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        if tag == "a":
            self.links.append(given["href"] or "")
        elif found := given.get("src") or (given.get("href") if tag == "link" else None):
            self.loaded.append(found)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


async def read(inside: Inside, path: str) -> Reader:
    answer = await inside.call("GET", path, who=None)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    reader = Reader()
    reader.feed(answer.body.decode())
    assert reader.open == [], path
    assert len(reader.ids) == len(set(reader.ids)), path
    return reader


async def test_every_call_has_its_place_and_every_link_leads_there(inside: Inside) -> None:
    pages = {"/docs": await read(inside, "/docs")}
    inner = {link.partition("#")[0] for link in pages["/docs"].links if link.startswith("/docs/")}
    for path in inner:
        pages[path] = await read(inside, path)
    for path, page in pages.items():
        for link in page.links:
            there, _, name = link.partition("#")
            target = pages.get(there or path)
            assert target is None or not name or name in target.ids, (path, link)
    placed = {name for page in pages.values() for name in page.ids}
    assert {route.name for route in all_routes()} - placed == {"get_openapi"}


async def test_nothing_is_loaded_from_elsewhere(inside: Inside) -> None:
    page = await read(inside, "/docs/pins")
    assert all(re.fullmatch(r"/[^/].*", address) for address in page.loaded), page.loaded
    for path, kind in (("/docs/page.css", "text/css"), ("/docs/page.js", "text/javascript")):
        answer = await inside.call("GET", path, who=None)
        assert answer.headers["content-type"].startswith(kind)
        assert b"http" not in answer.body


async def test_there_is_no_page_of_what_is_not_there(inside: Inside) -> None:
    assert (await inside.call("GET", "/docs/<script>", who=None)).status == 404


def test_its_colours_are_those_of_the_app() -> None:
    known = dict(COLOUR.findall(TOKENS.read_text()))
    used = dict(COLOUR.findall(STYLE.read_text()))
    assert len(used) > 20
    assert {name: known.get(name) for name in used} == used


async def test_the_documents_links_lead_on_from_what_was_answered(inside: Inside) -> None:
    document = (await inside.call("GET", "/v1/openapi.json", who=None)).json
    made = [
        operation["responses"]["201"]
        for path in document["paths"].values()
        for operation in path.values()
        if "201" in operation["responses"]
    ]
    followed = 0
    for answer in made:
        (content,) = answer["content"].values()
        for link in answer.get("links", {}).values():
            for value in link["parameters"].values():
                if value.startswith("$response.body#/data/"):
                    assert value.rpartition("/")[2] in content["example"]["data"], link
                    followed += 1
    assert followed > 50
