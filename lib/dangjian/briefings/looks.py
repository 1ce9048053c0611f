"""How drawings look, said once for a whole page: a presentation that many marks share becomes a class."""

from __future__ import annotations

import re


class Looks:
    """The presentations of a page's drawings, each a class of its style sheet: said once, not at every mark."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def name(self, declarations: dict[str, str]) -> str:
        """The class of a presentation."""
        told = ";".join(f"{key}:{_css(key, value)}" for key, value in sorted(declarations.items()))
        return self._names.setdefault(told, f"v{len(self._names) + 1}")

    def css(self) -> str:
        """The rules of all classes."""
        return "".join(f".{name}{{{told}}}" for told, name in self._names.items())


PLAIN = re.compile(r"[#\w.,% -]+")
"""Values that a style sheet can take as they are; others stay attributes."""


def _css(key: str, value: str) -> str:
    return f"{value}px" if key == "font-size" and value.replace(".", "", 1).isdigit() else value
