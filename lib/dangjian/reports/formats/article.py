"""Where the article of a web page is: what stands beside it is told by its names, its links and its first words.

Menus, lists of other articles, counters of visits and footers hold numbers, and none of these is the report's.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from dangjian.reports.titles import is_title

LEFT_OUT = {
    "script", "style", "noscript", "template", "head", "nav", "footer", "aside", "form", "button", "select", "option",
    "textarea", "input", "iframe", "object", "embed", "svg", "math", "canvas", "audio", "video", "map", "dialog", "del",
    "s", "strike", "rp", "rt", "datalist", "label",
}  # fmt: skip
INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd", "mark",
    "o:p", "q", "rb", "ruby", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img",
}  # fmt: skip
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
FOOTNOTE = re.compile(
    r"(?:^|[\s_-])(?:(?:sd|mso-?)?(?:footnote|endnote)s?(?:-?text|\d+)?|ftn\d+|edn\d+|fn\d+)(?:$|[\s_-])", re.I
)
REFERENCE = re.compile(r"\s*+[\[（(〔]?\s*+[\d①-⑳*＊†]+\s*+[\])）〕]?\s*+")
"""A raised number that leads to a footnote; after a Latin letter it is an exponent, as in m²."""
LINKED = 0.6
"""A block of which links are this part is a menu or a list of other pages."""
MAIN = 0.5
"""What holds this part of the page's full stops is not beside the article."""
MOST = 0.97
"""The article is the smallest element with this part of the sentences ..."""
ENOUGH = 0.5
"""... that trafilatura takes for the article, where it takes this part of all."""
LARGEST_PAGE = 200_000
"""trafilatura copies the page several times; with more tags than this it is a table to be read, and no article."""
LONGEST_LINE, LONGEST_CARD, LONGEST_HEADING = 200, 600, 16
_UNSETTABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STOPS = re.compile("[。；！？]")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    """What blocks beside an article begin with, what cards hold, and how elements are named."""
    found = tomllib.loads((Path(__file__).parent / "beside.toml").read_text(encoding="utf-8"))
    return re.compile("|".join(found["begins"]), re.I), re.compile("|".join(found["cards"])), frozenset(found["names"])


@dataclass(slots=True)
class _Weight:
    """Signs of an element's text, those of them in links, and its full stops."""

    signs: int = 0
    linked: int = 0
    stops: int = 0

    def add(self, text: str | None) -> None:
        if text:
            self.signs += len(squeezed(text))
            self.stops += len(_STOPS.findall(text))


def squeezed(text: str) -> str:
    """The text without blanks."""
    return "".join(text.split())


def inside(element: Any) -> str:
    """All text of an element."""
    return "".join(str(part) for part in element.itertext())


def without_furniture(body: Any) -> list[str]:
    """Take out of a page's body what is not seen or stands beside the article; the texts of its footnotes come back."""
    notes = []
    for element in _outermost(body, _is_unseen):
        _remove(element)
    for element in _outermost(body, _is_footnote):
        notes.append(" ".join(inside(element).split()))
        _remove(element)
    weights = _weigh(body)
    most = MAIN * weights[body].stops
    begins, cards, names = _words()

    def is_beside(element: Any) -> bool:
        weight = _weight_of(element, weights)
        if element.tag in INLINE or (weight.stops and weight.stops >= most) or not weight.signs:
            return False
        if _named(element) & names and not _has_heading(element):
            return True
        if element.tag in ("td", "th", "tr", "tbody", "thead", "h1"):
            return element.tag == "td" and _is_line(element, begins) and _lays_out(element)
        if weight.linked >= LINKED * weight.signs:
            return True
        if element.tag == "table" and weight.signs < LONGEST_CARD and cards.search(inside(element)):
            return True
        return _is_line(element, begins)

    for element in _outermost(body, is_beside):
        heading = element.getprevious()
        if heading is not None and _is_list_heading(heading, element, weights):
            _remove(heading)
        _remove(element)
    return notes


def find_article(markup: str, body: Any) -> Any:
    """The smallest element that holds nearly all sentences of the article; the body where there are none.

    Args:
        markup: the whole page, for trafilatura: of it only the place is taken, its own text lacks small tables.
        body: what `without_furniture` left of it.
    """
    blocks = [(element, text) for element in body.iter() if _STOPS.search(text := _leaf_text(element))]
    if not blocks:
        return body
    taken = _taken(markup) if markup.count("<") <= LARGEST_PAGE else set()
    sure = [(element, text) for element, text in blocks if squeezed(text) in taken]
    if sum(len(text) for _, text in sure) < ENOUGH * sum(len(text) for _, text in blocks):
        sure = blocks
    held: dict[Any, int] = {}
    for element, text in sure:
        for above in (element, *element.iterancestors()):
            held[above] = held.get(above, 0) + len(text)
    enough = [element for element, signs in held.items() if signs >= MOST * held[body]]
    found = max(enough, key=lambda element: sum(1 for _ in element.iterancestors()))
    return found if found is not body and not is_leaf(found) else next(iter(found.iterancestors()), body)


def find_heading(page: Any, body: Any, article: Any) -> str:
    """The article's title where it stands outside of the article; "" where there is none, or where it is inside."""
    named = page.find(".//title")
    name = squeezed(re.split(r"[_|｜—–-]", inside(named))[0]) if named is not None else ""
    texts = (squeezed(_leaf_text(element)) for element in article.iter())
    first = list(islice(filter(None, texts), 3))
    ranked: dict[int, str] = {}
    for element in body.iter():
        if element is article:
            break
        text = " ".join(_leaf_text(element).split())
        if text:
            rank = 3 if squeezed(text) == name else 2 if element.tag == "h1" else 1 if is_title(text) else 0
            ranked[rank] = text
    title = ranked.get(max(ranked, default=0), "") if max(ranked, default=0) else ""
    return "" if squeezed(title) in first else title


def is_leaf(element: Any) -> bool:
    """Whether it is a block that holds no other block."""
    return (
        isinstance(element.tag, str)
        and element.tag not in INLINE
        and element.tag not in LEFT_OUT
        and all(child.tag in INLINE or child.tag == "br" for child in element)
    )


def _leaf_text(element: Any) -> str:
    """The text of a block that holds no other block; "" of all others."""
    return inside(element) if (element.text or len(element)) and is_leaf(element) else ""


def lays_out(table: Any) -> bool:
    """Whether a table only lays out the page: it holds another, or rows of one cell."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    return all(len(row) <= 1 for row in table.iter("tr"))


def _taken(markup: str) -> set[str]:
    """The texts that trafilatura takes for the article's."""
    import trafilatura

    try:
        found: Any = trafilatura.bare_extraction(markup, include_comments=False, favor_recall=True)
    except Exception:  # it reads what it was never shown
        return set()
    if found is None or found.body is None:
        return set()
    return {squeezed("".join(element.itertext())) for element in found.body.iter("p", "head", "item", "cell")}


def _outermost(body: Any, chosen: Any) -> list[Any]:
    """The elements of a kind that are in no other of that kind."""
    from lxml.etree import iterwalk

    found: list[Any] = []
    walk = iterwalk(body, events=("start",))
    for _, element in walk:
        if element is not body and chosen(element):
            found.append(element)
            walk.skip_subtree()
    return found


def _remove(element: Any) -> None:
    """Take an element out and leave the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail:
        if before is not None:
            before.tail = _settable((before.tail or "") + element.tail)
        else:
            parent.text = _settable((parent.text or "") + element.tail)
    parent.remove(element)


def _settable(text: str) -> str:
    """The text with what a parser lets in (&#1;) and no tree takes back, as marks of what cannot be read."""
    return _UNSETTABLE.sub("\ufffd", text)


def _weigh(body: Any) -> dict[Any, _Weight]:
    """The weights of the body and of all elements that hold others: of the millions that hold none, none is kept."""
    from lxml.etree import iterwalk

    weights: dict[Any, _Weight] = {}
    for _, element in iterwalk(body, events=("end",)):
        if len(element) or element is body:
            weights[element] = _weight_of(element, weights)
    return weights


def _weight_of(element: Any, weights: dict[Any, _Weight]) -> _Weight:
    if element in weights:
        return weights[element]
    weight = _Weight()
    weight.add(element.text)
    for child in element:
        own = _weight_of(child, weights)
        weight.signs, weight.stops = weight.signs + own.signs, weight.stops + own.stops
        weight.linked += own.linked
        weight.add(child.tail)
    if element.tag == "a" and element.get("href", "#") != "":
        weight.linked = weight.signs
    return weight


def _is_unseen(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in LEFT_OUT:
        return True
    if element.attrib and ("hidden" in element.attrib or HIDDEN.search(element.get("style", ""))):
        return True
    if element.get("title") in ("header", "footer"):
        return True
    if element.tag == "header":  # a site's own, or the article's with its title
        return next(element.iterancestors("article"), None) is None and not _has_heading(element)
    if element.tag in ("sup", "a", "span") and (element.tag == "sup" or "ootnote" in _said(element)):
        before = _before(element)[-1:]
        return bool(REFERENCE.fullmatch(inside(element))) and not (before.isascii() and before.isalpha())
    return False


def _is_footnote(element: Any) -> bool:
    if not element.attrib:
        return False
    named = (element.get("id", ""), element.get("class", ""), element.get("style", "").replace("mso-element:", " "))
    return element.tag not in INLINE and any(FOOTNOTE.search(name) for name in named)


def _before(element: Any) -> str:
    """The text that touches an element from the left."""
    earlier = element.getprevious()
    if earlier is not None:
        return str(earlier.tail or inside(earlier))
    parent = element.getparent()
    return str(parent.text or "") if parent is not None else ""


def _said(element: Any) -> str:
    return f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')} {element.get('style', '')}"


def _named(element: Any) -> set[str]:
    """The words of its class, id and role, of camel case too."""
    if not element.attrib:
        return set()
    said = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
    return {word.lower() for word in _WORDS.findall(said)}


def _has_heading(element: Any) -> bool:
    return element.tag == "h1" or next(element.iterdescendants("h1"), None) is not None


def _is_line(element: Any, begins: re.Pattern[str]) -> bool:
    """Whether it is a block without others in it that begins as what stands beside an article does."""
    if not is_leaf(element):
        return False
    text = inside(element).strip()
    return len(text) < LONGEST_LINE and "。" not in text and bool(begins.match(text))


def _lays_out(cell: Any) -> bool:
    table = next(cell.iterancestors("table"), None)
    return table is not None and lays_out(table)


def _is_list_heading(element: Any, following: Any, weights: dict[Any, _Weight]) -> bool:
    """Whether a short line only names the list of links that follows it."""
    text = squeezed(inside(element))
    weight = _weight_of(following, weights)
    if not is_leaf(element) or element.tag == "h1" or not 0 < len(text) <= LONGEST_HEADING or is_title(text):
        return False
    return not re.search(r"\d|[。，]", text) and weight.linked >= LINKED * weight.signs > 0
