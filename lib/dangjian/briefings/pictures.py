"""Drawings of a notebook: SVG taken apart and put together again from a list of what may be in it.

Text stays text, styles become attributes (the page's policy lets no style attribute through), ids are
made the page's own, and nothing that runs, loads or links is on the list.
"""

from __future__ import annotations

import re
from html import escape
from typing import NamedTuple
from xml.etree import ElementTree

from dangjian.briefings.visible import visible


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ELEMENTS = _words(
    "svg g path rect circle ellipse line polyline polygon text tspan defs clipPath use image pattern "
    "linearGradient radialGradient stop marker mask"
)
PRESENTATION = _words(
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-dasharray "
    "stroke-dashoffset stroke-miterlimit opacity clip-path clip-rule mask text-anchor font-size font-weight font-style "
    "dominant-baseline alignment-baseline stop-color stop-opacity visibility"
)
ATTRIBUTES = PRESENTATION | _words(
    "id d x y x1 y1 x2 y2 dx dy cx cy r rx ry width height viewBox transform points preserveAspectRatio "
    "patternUnits patternTransform patternContentUnits gradientUnits gradientTransform offset clipPathUnits "
    "markerWidth markerHeight refX refY orient rotate textLength lengthAdjust"
)
_NAMESPACE = re.compile(r"\{[^{}]*\}")
_OWN = re.compile(r"url\(\s*['\"]?#([\w.:-]+)['\"]?\s*\)")
_LONG = re.compile(r"-?(?<!\d)\d++\.\d{3,}")
_ID = re.compile(r' id="([^"]*)"')
_STILL = re.compile(r"^rotate\(-?0( [^)]*)?\)$")
_SIZE = re.compile(r"(?<!\d)(\d++(?:\.\d++)?)px")
_PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]+")
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*>", re.IGNORECASE)


class Picture(NamedTuple):
    """A drawing ready for the page.

    Attributes:
        html: the SVG element.
        title: what it shows, one line; taken from its ``<title>``, else from its largest text.
    """

    html: str
    title: str


def clean(svg: str, name: str, title: str = "", description: str = "") -> Picture:
    """The drawing with only what may be in it.

    Args:
        svg: the drawing as the notebook holds it.
        name: begins every id of it, so that two drawings of a page do not share one.
        title, description: text forms that outrank the drawing's own.
    Raises:
        ValueError: it is not an SVG drawing.
    """
    try:
        root = ElementTree.fromstring(_DOCTYPE.sub("", visible(svg), count=1))
    except ElementTree.ParseError as fault:
        raise ValueError(f"not an SVG drawing: {fault}") from None
    if _tag(root) != "svg":
        raise ValueError("not an SVG drawing")
    texts = list(_texts(root))
    title = title or _child_text(root, "title") or _largest(texts)
    description = description or _child_text(root, "desc") or "；".join(text for text, _ in texts)
    body = _unnamed("".join(_written(child, name) for child in root), name)
    attributes = _attributes(root, name) | {"stroke-linejoin": "round", "stroke-linecap": "butt"}
    for side in ("width", "height"):
        attributes[side] = attributes.get(side, "").removesuffix("pt").removesuffix("px")
    attributes.pop("id", None)
    head = "".join(f' {key}="{escape(value)}"' for key, value in sorted(attributes.items()) if value)
    labelled = f'role="img" aria-labelledby="{name}-title {name}-desc"'
    spoken = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
    return Picture(f"<svg {labelled}{head}>{spoken}{body}</svg>", title)


def _unnamed(body: str, name: str) -> str:
    """The drawing without ids that nothing in it points to, and without the groups that held nothing else."""
    pointed = {f"{name}-{rest}" for rest in re.findall(rf"#{re.escape(name)}-([\w.:-]+)", body)}
    body = _ID.sub(lambda found: found.group() if found.group(1) in pointed else "", body)
    parts: list[str] = []
    open_groups: list[bool] = []
    for part in re.split(r"(<g(?: [^>]*)?>|</g>)", body):
        if part == "</g>":
            part = part if open_groups.pop() else ""
        elif part.startswith("<g"):
            open_groups.append(part != "<g>")
            part = part if part != "<g>" else ""
        parts.append(part)
    return "".join(parts)


def _tag(element: ElementTree.Element) -> str:
    return _NAMESPACE.sub("", element.tag) if isinstance(element.tag, str) else ""


def _written(element: ElementTree.Element, name: str) -> str:
    """The element as HTML, with what it holds; nothing where it is not on the list."""
    tag = _tag(element)
    if tag not in ELEMENTS:
        return ""
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in _attributes(element, name).items())
    writes = tag in ("text", "tspan")
    inner = escape(element.text or "") if writes else ""
    for child in element:
        inner += _written(child, name)
        inner += escape(child.tail or "") if writes else ""
    if tag == "g" and not inner:
        return ""
    return f"<{tag}{attributes}>{inner}</{tag}>" if inner else f"<{tag}{attributes}/>"


def _attributes(element: ElementTree.Element, name: str) -> dict[str, str]:
    kept: dict[str, str] = {}
    for key, value in element.attrib.items():
        key = _NAMESPACE.sub("", key)
        if key == "style":
            kept |= {part: own for part, said in _styles(value) if (own := _owned(said, name)) is not None}
        elif key == "href":
            if value.startswith("#"):
                kept["href"] = f"#{name}-{value[1:]}"
            elif _tag(element) == "image" and _PICTURE.fullmatch(value):
                kept["href"] = value
        elif key == "id":
            kept["id"] = f"{name}-{value}"
        elif key == "transform" and _STILL.match(value):
            continue
        elif key in ATTRIBUTES and (own := _owned(value, name)) is not None:
            kept[key] = own
    return kept


def _owned(value: str, name: str) -> str | None:
    """The value with links to the drawing's own parts renamed and long numbers cut; None where it links elsewhere."""
    bare = _OWN.sub("", value)
    if "url(" in bare.lower() or ":" in bare or "\\" in bare:
        return None
    value = _LONG.sub(lambda number: f"{float(number.group()):.2f}".rstrip("0").rstrip("."), value)
    return _OWN.sub(lambda link: f"url(#{name}-{link.group(1)})", " ".join(value.split()))


def _styles(style: str) -> list[tuple[str, str]]:
    """The declarations of a style attribute as attributes; ``font`` gives size and weight, the face is the page's."""
    found = []
    for declaration in style.split(";"):
        key, _, value = (part.strip() for part in declaration.partition(":"))
        if key == "font":
            size = _SIZE.search(value)
            found += [("font-size", size.group(1))] if size else []
            found += [("font-weight", "bold")] if re.search(r"\b(bold|[6-9]00)\b", value) else []
        elif key in PRESENTATION:
            found.append((key, value.removesuffix("px") if key == "font-size" else value))
    return found


def _texts(root: ElementTree.Element) -> list[tuple[str, float]]:
    """The texts of a drawing with their sizes, in drawing order."""
    found = []
    for element in root.iter():
        if _tag(element) == "text":
            words = " ".join("".join(element.itertext()).split())
            sizes = dict(_styles(element.get("style", "")))
            size = sizes.get("font-size", element.get("font-size", "0"))
            if words:
                found.append((words, float(size) if re.fullmatch(r"\d+(\.\d+)?", size) else 0.0))
    return found


def _largest(texts: list[tuple[str, float]]) -> str:
    most = max((size for _, size in texts), default=0.0)
    return "".join(text for text, size in texts if size == most) if most and texts else "图"


def _child_text(root: ElementTree.Element, tag: str) -> str:
    child = next((child for child in root if _tag(child) == tag), None)
    return " ".join("".join(child.itertext()).split()) if child is not None else ""
