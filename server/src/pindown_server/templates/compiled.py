"""Texts that were read before: each is parsed once, as long as there is room."""

from functools import lru_cache

from .parser import parse
from .places import Kind
from .tree import Template

# A tree takes some ten times its text: beyond this a text is read each time it is rendered.
_LONGEST_KEPT = 4096


def template_of(text: str, kind: Kind) -> Template:
    """The template that a text is, at a place of this kind. Never raises."""
    if len(text) > _LONGEST_KEPT:
        return _read(text, kind)
    return _kept(text, kind)


def _read(text: str, kind: Kind) -> Template:
    return parse(text, is_markdown=kind == "markdown")


_kept = lru_cache(maxsize=2000)(_read)
