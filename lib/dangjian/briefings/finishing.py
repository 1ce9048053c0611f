"""A whole page from its parts: the policy, the style, the scripts by their hashes, the font cut to its characters."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from dangjian.briefings import typeface
from dangjian.briefings.language import Language
from dangjian.briefings.visible import visible

TEMPLATES = ("base.html.j2", "page.html.j2", "index.html.j2", "batch.html.j2")


def finish(template: str, say: Language, scripts: tuple[str, ...] = (), unpacked: str = "", **facts: Any) -> str:
    """A whole page from a template of this room.

    Equal facts give equal bytes: no date, no random name, no path. Nothing is loaded from anywhere, and no script runs
    but those given here, each by its hash.

    Args:
        template: the template's name.
        say: the language of the page.
        scripts: the sources of the scripts that the page runs.
        unpacked: the source of one more, which these unpack and start; it brings an empty style sheet that it fills.
        facts: what the template is filled with.
    """
    sheets = ["page.css"] if template == "page.html.j2" else ["page.css", "index.css"]
    style = "".join(map(template_file, sheets)).replace("FONTS", typeface.STACK)
    facts |= {"say": say, "scripts": [Markup(script) for script in scripts]}
    drawn = _environment().get_template(template).render(style="", font="", policy="", **facts)
    font = typeface.face(visible(drawn) + style, "" if say.code == "zh" else typeface.QUOTES)
    run = [*scripts, *([unpacked] if unpacked else [])]
    policy = [
        "default-src 'none'",
        " ".join(["style-src", _hash(font), _hash(style), *([_hash("")] if unpacked else [])]),
        *([f"script-src {' '.join(map(_hash, run))}"] if run else []),
        "font-src data:",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    page = _environment().get_template(template).render(style=style, font=font, policy="; ".join(policy), **facts)
    return visible(page)


def _hash(source: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(source.encode('utf-8')).digest()).decode('ascii')}'"


@cache
def _environment() -> Any:
    from jinja2 import DictLoader, Environment, StrictUndefined

    return Environment(
        loader=DictLoader({name: template_file(name) for name in TEMPLATES}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def script(name: str) -> str:
    """A script of this room's templates, without its comments and indents."""
    return "\n".join(line for line in map(str.strip, template_file(name).split("\n")) if not line.startswith("//"))


@cache
def template_file(name: str) -> str:
    """A file of this room's templates."""
    return (files("dangjian.briefings") / "templates" / name).read_text("utf-8")
