"""Why a quantity reads as it does: the words behind its bounds, its change, its year and its plan, found again.

The scan keeps no reasons, since millions of records need none. They are found anew for the one record asked about,
by the same functions on the same words.
"""

from __future__ import annotations

from collections.abc import Iterable

from dangjian.quantities import modifiers
from dangjian.quantities.changes import find_change
from dangjian.quantities.clauses import after, clause_before, sentence_before
from dangjian.quantities.masks import MaskReading
from dangjian.quantities.periods import find_period, find_target
from dangjian.quantities.quantity import Quantity
from dangjian.quantities.rules import meaning

SCALES = "十百千万亿"
MADE = {
    "about": "allows a tenth on either side",
    "nearly": "allows a tenth below",
    "more": "adds less than one of the last place that is not zero",
    "at_least": "takes the upper bound away",
    "at_most": "takes the lower bound away",
}
"""What each modality makes of the bounds of the bare number."""
TABLE = "table cell"


def grounds(text: str, quantity: Quantity, masks: Iterable[MaskReading], year: int | None) -> list[str]:
    """Lines that say why a quantity of a text has its bounds, unit, change, year and plan.

    Args:
        masks: how the text's masks read, as the scan decided.
        year: the report's own year.
    """
    return [
        f"bounds: {said(quantity.bounds.lower)} to {said(quantity.bounds.upper)}{_unit(quantity)}, {quantity.modality}",
        *(f"  {line}" for line in _bounds(text, quantity, masks)),
        f"unit: {_unit_from(text, quantity)}",
        *_times(text, quantity, year),
    ]


def said(bound: float | None) -> str:
    """A bound for reading.

    >>> said(10000.0), said(66.67), said(None)
    ('10,000', '66.67', 'any number above')
    """
    return "any number above" if bound is None else f"{bound:,.6f}".rstrip("0").rstrip(".")


def _unit(quantity: Quantity) -> str:
    return f" {quantity.unit}" if quantity.unit else ""


def _bounds(text: str, quantity: Quantity, masks: Iterable[MaskReading]) -> list[str]:
    """The numeral, its masks, its scale, each modifier and where it stands, the cap of shares."""
    first, last = quantity.number
    number, before, behind = text[first:last], text[quantity.start : first], text[last : quantity.end]
    lines = [f"numeral {number!r}, read as {quantity.rule}: {meaning(quantity.rule)}"]
    lines += [f"{mask.sign} reads as {mask.reading}: {mask.evidence}" for mask in masks if mask.sign in number]
    if quantity.rule in ("digits", "masked digits") and number[-1:] in SCALES:
        scale = number[len(number.rstrip(SCALES)) :]
        lines.append(f"scale {scale!r} is folded into the bounds")
    heard = []
    more = next((word for word in ("余", "多") if word in number[1:] or behind.lstrip().startswith(word)), "")
    if more and "more" in (quantity.modality, *_modalities(behind)):
        heard.append(("more", more, "between digits and scale" if more in number else "behind the number"))
    heard += [(modality, word, "behind the unit") for word, modality in _closing(behind)]
    touching = modifiers.touching(clause_before(text, first)[-8:], number)
    if before.strip() and touching:
        heard.append((touching[0], before.strip(), "before the number"))
    if quantity.modality not in ("exact", *(modality for modality, _, _ in heard)):
        apart = modifiers.apart(clause_before(text, first))
        if apart:
            heard.append((apart[0], clause_before(text, first)[apart[1] :], "earlier in the clause"))
    lines += [f"{word!r} {where} ({modality}) {MADE[modality]}" for modality, word, where in heard]
    if quantity.unit == "%" and quantity.change is None and quantity.bounds.upper == 100 and not _shows_hundred(number):
        lines.append("a share cannot pass 100")
    return lines


def _modalities(behind: str) -> list[str]:
    return ["more"] if behind.lstrip()[:1] in ("余", "多") else []


def _closing(behind: str) -> list[tuple[str, str]]:
    """The modifier that ends the quantity, the longest that fits: 95%以上."""
    found = [(word, modality) for word, modality in modifiers.AFTER.items() if behind.endswith(word)]
    return sorted((pair for pair in found if pair[1] != "more"), key=lambda pair: -len(pair[0]))[:1]


def _shows_hundred(number: str) -> bool:
    return number.strip() in ("100", "１００", "一百")


def _unit_from(text: str, quantity: Quantity) -> str:
    if not quantity.unit:
        return "none, it counts without a measure word"
    written = text[quantity.number.end : quantity.end]
    if quantity.unit in written or quantity.unit in text[quantity.start : quantity.end]:
        return f"{quantity.unit}, as written"
    if quantity.rule == TABLE:
        return f"{quantity.unit}, from its table"
    if written.strip():
        return f"{quantity.unit}, from {written!r}"
    return f"{quantity.unit}, by the numeral, or said once for its whole list"


def _times(text: str, quantity: Quantity, year: int | None) -> list[str]:
    """Change, year and plan, each with the words that say so."""
    clause, right = clause_before(text, quantity.start), after(text, quantity.end)
    sentence = sentence_before(text, quantity.start)
    in_table = quantity.rule == TABLE
    lines = [f"change: {quantity.change}, {_change_words(clause, right, quantity)}"]
    if quantity.change is None:
        lines = ["change: none, it is a level or a count"]
    period, words = find_period(sentence, year, quantity.unit == "倍" or quantity.change is not None)
    spoken_of = quantity.period or "a span of years"
    if words and period == quantity.period and not in_table:
        lines.append(f"period: {spoken_of}, by {words!r}")
    elif quantity.period == year:
        lines.append(f"period: {year}, the report's own year" if year else "period: unknown, the report names no year")
    else:
        lines.append(f"period: {spoken_of}, by {'its column' if in_table else 'the words around it'}")
    if quantity.target:
        planned = find_target(clause, right, sentence, quantity.period, year)
        words = "its column" if in_table else repr(planned) if planned else "the words around it"
        lines.append(f"target: planned or required, by {words}")
    return lines


def _change_words(clause: str, right: str, quantity: Quantity) -> str:
    """What says that a quantity is a change, and in which direction."""
    apart = modifiers.apart(clause)
    for words in (clause[: apart[1]] if apart else clause, clause):
        found = find_change(words, right, quantity.unit)
        if found and found[0] == quantity.change:
            return f"by {found[1]!r}"
    return "by its sign or its column" if quantity.rule == TABLE else "carried on in its list"
