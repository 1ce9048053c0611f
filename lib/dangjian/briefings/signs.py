"""What the charts of a page share: hatches, arrow heads, and the key that names them."""

from __future__ import annotations

from collections.abc import Iterable

from dangjian.briefings.language import Language

HATCHES = {"hm": "M-1 1l2-2M0 6l6-6M5 7l2-2", "hd": "M0 0l6 6M0 6l6-6"}
"""Hidden by the issuer, and told in two ways: the style sheet fills with them."""
HEADS = {"up": "M-6 1L0-8 6 1z", "down": "M-6-1L0 8 6-1z", "right": "M-1-6L8 0-1 6z", "left": "M1-6L-8 0 1 6z"}


def symbols() -> str:
    """The hatches and arrow heads, for the beginning of a page."""
    size = "width=6 height=6 patternUnits=userSpaceOnUse"
    made = "".join(
        f'<pattern id={name} {size}><path class=g d="M0 0h6v6H0z"/><path d="{shape}"/></pattern>'
        for name, shape in HATCHES.items()
    )
    made += "".join(f'<path id={name} d="{shape}"/>' for name, shape in HEADS.items())
    return f"<svg class=defs aria-hidden=true><defs>{made}</defs></svg>"


def key(kinds: Iterable[str], say: Language) -> str:
    """The key of a chart with figures of these sorts."""
    made = "".join(f"<li><svg>{_sign(kind)}</svg>{say(f'kinds.{kind}')}" for kind in kinds)
    return f"<ul class=signs>{made}</ul>" if made else ""


def _sign(kind: str) -> str:
    if kind == "exact":
        return "<circle class=exact />"
    if kind in ("grown", "faded"):
        dots = f'<circle class="{kind} first" cx=4 cy=7 r=4 /><circle class={kind} cx=18 cy=7 r=4 />'
        return f"<line class={kind} x1=4 x2=18 y1=7 y2=7 />{dots}"
    if kind == "arrow":
        return "<use class=open href=#right x=8 y=7 />"
    return f"<rect class={kind} />"
