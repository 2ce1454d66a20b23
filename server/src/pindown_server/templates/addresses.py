r"""Which addresses may be linked, shown and framed: where the rule stands, as patterns.

They go into the JSON Schemas of the types, so they are spelled for JSON Schema: no flags, and
`(?![\s\S])` for the end. No control characters anywhere (browsers take some out of
`java\nscript:` and go there), no user before the host (it shows one host and means another), no
`//host` and no `/\host`.
"""

import re
from typing import Final

LONGEST: Final = 4096  # longer ones do not survive proxies

_HTTPS = r"[hH][tT][tT][pP][sS]"
_WEB = _HTTPS + "?"
_HOST = r"://[^\s/\\?#@]+(?:[/?#]|(?![\s\S]))"
_MAIL = r"[mM][aA][iI][lL][tT][oO]:[^\s@]+@[^\s@]"
_OWN = r"/(?![/\\])"


def _pattern(start: str) -> str:
    return r"^(?![\s\S]*[\x00-\x1f\x7f])(?:" + start + ")"


LINK: Final = _pattern(f"{_WEB}{_HOST}|{_MAIL}|{_OWN}")
PICTURE: Final = _pattern(f"{_WEB}{_HOST}|{_OWN}")
FRAME: Final = _pattern(_HTTPS + _HOST)

_link = re.compile(LINK)


def is_address(text: str) -> bool:
    """Whether this may be linked at all: http, https, mailto or a path of our own."""
    return len(text) <= LONGEST and _link.match(text) is not None
