"""A whole page from a template: its policy, its style, its font cut to its characters, and its program if it has one.

Equal facts give equal bytes: no date, no random name, no path of the machine.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from dangjian.briefings import typeface
from dangjian.briefings.markup import MOST_COLUMNS
from dangjian.briefings.messages import Messages
from dangjian.briefings.visible import visible

TEMPLATES = ("base.html.j2", "page.html.j2", "index.html.j2")


def finish(
    template: str,
    say: Messages,
    *,
    looks: str = "",
    scripts: Sequence[str] = (),
    hashes: Sequence[str] = (),
    styled: bool = False,
    **facts: Any,
) -> str:
    """A whole page.

    Args:
        template: one of ``TEMPLATES``.
        say: the messages of its language.
        looks: style rules of its drawings.
        scripts: the programs that stand in the page, one after another.
        hashes: of programs that those scripts start; ``script_hash`` gives them.
        styled: whether a program may set style attributes.
    """
    right = ",".join(f".r{at} tr>:nth-child({at})" for at in range(1, MOST_COLUMNS + 1))
    style = _file("page.css").replace("FONTS", typeface.STACK).replace("RIGHT", right) + looks
    facts = {"say": say, "scripts": [], "style": "", "font": "", "policy": ""} | facts
    drawn = visible(_environment().get_template(template).render(facts))
    font = typeface.face(drawn + style)
    rules = ["default-src 'none'", f"style-src {script_hash(font)} {script_hash(style)}"]
    rules += ["style-src-attr 'unsafe-inline'"] if styled else []
    rules += ["script-src " + " ".join([*map(script_hash, scripts), *hashes])] if scripts else []
    rules += ["font-src data:", "img-src data:", "base-uri 'none'", "form-action 'none'"]
    facts |= {"style": style, "font": font, "policy": "; ".join(rules), "scripts": scripts}
    return visible(_environment().get_template(template).render(facts))


def script_hash(source: str) -> str:
    """A style or a program as a page's policy names it."""
    return f"'sha256-{b64encode(hashlib.sha256(source.encode('utf-8')).digest()).decode('ascii')}'"


@cache
def _environment() -> Any:
    from jinja2 import DictLoader, Environment, StrictUndefined

    return Environment(
        loader=DictLoader({name: _file(name) for name in TEMPLATES}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _file(name: str) -> str:
    return (files("dangjian.briefings") / "templates" / name).read_text("utf-8")
