"""Texts that were read before: each is parsed once, as long as there is room."""

from functools import lru_cache

from .parser import parse
from .places import Kind
from .tree import Template

# A tree may take a hundred times its text: all that is kept of the longest is some 150 MiB at worst.
_SHORT, _LONG = 512, 16_384  # characters


def template_of(text: str, kind: Kind) -> Template:
    """The template that a text is, at a place of this kind. Never raises."""
    if len(text) <= _SHORT:
        return _short(text, kind)
    return _long(text, kind) if len(text) <= _LONG else _read(text, kind)


def _read(text: str, kind: Kind) -> Template:
    return parse(text, is_markdown=kind == "markdown")


_short = lru_cache(maxsize=2_000)(_read)
_long = lru_cache(maxsize=50)(_read)
