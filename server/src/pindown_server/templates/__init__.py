"""Variables: `{{path | filter}}` in texts and configs. Pure: no store, no HTTP.

The grammar is in `parser`, what names mean in `scope`, what filters do in `filters`, how values are
escaped in `escaping`. docs/using/variables.md is the whole of it for those who write templates.
"""

from .parser import RESERVED
from .references import References, find_references
from .rendering import Rendered, TemplateProblem, has_variables, render, render_text
from .scope import UNSET, Scope

RESERVED_NAMES = RESERVED | {"this", "datasets", "dataset", "_meta"}
"""Names that mean something in a template already: no dataset can have one as its slug."""

__all__ = [
    "RESERVED_NAMES",
    "UNSET",
    "References",
    "Rendered",
    "Scope",
    "TemplateProblem",
    "find_references",
    "has_variables",
    "render",
    "render_text",
]
