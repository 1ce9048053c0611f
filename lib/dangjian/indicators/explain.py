"""Why a number was read and named as it was, or left out: in lines that a researcher can check.

Nothing is kept for this while reports are read: the one report is read again, and what binds each number is
remembered then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dangjian.indicators import dims as dimensions
from dangjian.indicators import themes
from dangjian.indicators.binding import Binder, Bound
from dangjian.indicators.catalogue import Catalogue, load_catalogue
from dangjian.indicators.extract import Namer
from dangjian.indicators.index import kind_of
from dangjian.indicators.observation import Observation
from dangjian.indicators.places import Place
from dangjian.quantities import LeftOut, Quantity, Scan, scan
from dangjian.quantities.grounds import grounds
from dangjian.quantities.rules import meaning
from dangjian.reports import Report, sentence_at

ZONES = {
    "item": "in its own item",
    "clause": "in its clause",
    "sentence": "in its sentence",
    "paragraph": "in its paragraph",
    "before": "in the paragraph before",
    "heading": "in the headings above",
    "column": "in its column",
    "figure": "the figure before it",
    "分别": "as its pair in a list with 分别",
}
MOST_MISSES = 6


class _Remembered(NamedTuple):
    """What was asked of the binder for one quantity, and its answer."""

    place: Place
    headings: str
    bound: Bound | None


def _remembering(namer: Namer) -> dict[int, _Remembered]:
    """Let a namer remember what it binds, by the start of each quantity."""
    remembered: dict[int, _Remembered] = {}
    bind = namer.bind

    def remember(
        quantity: Quantity,
        place: Place,
        headings: str,
        turn: tuple[int, int] | None,
        rows: Sequence[Observation] = (),
    ) -> Bound | None:
        bound = bind(quantity, place, headings, turn, rows)
        remembered[quantity.start] = _Remembered(place, headings, bound)
        return bound

    namer.bind = remember  # type: ignore[method-assign]  # for this one reading; others pay nothing for it
    return remembered


def explain(report: Report, at: int, mask: str = "auto", catalogue: Catalogue | None = None) -> list[str]:
    """The rules and cues behind the record, or the number left out, at or nearest to an offset.

    Args:
        at: an offset in the report's text.
        mask: how hidden digits read, as `extract` takes it.
        catalogue: the indicators to bind to; the project's own by default.
    Returns:
        Lines. The first says what is explained and its offsets, the second its sentence, the third its place in the
        document. Of a record: its bounds and what made them, unit, change, year, indicator with the cue that bound it,
        dimensions with their words, theme and label. Of a number left out: the rule, and what the rule means.
    """
    found = scan(report.text, year=report.year, mask=mask)
    spans: list[Quantity | LeftOut] = [*found.quantities, *found.left_out, *found.unread]
    if not spans:
        return ["no number stands in this report"]
    nearest = min(spans, key=lambda span: (max(span.start - at, at - span.end + 1, 0), span.start))
    sentence = sentence_at(report.text, nearest.start, nearest.end).of(report.text).replace("\n", " ")
    what = f"{report.text[nearest.start : nearest.end]!r} at {nearest.start}-{nearest.end}"
    beside = "" if nearest.start <= at < nearest.end else f" (nothing stands at {at}; this is the nearest)"
    place = f"place: {_place(report, nearest)}"
    if isinstance(nearest, LeftOut):
        fate = "not read" if nearest in found.unread else "left out"
        because = meaning(nearest.rule)
        rule = f"rule: {nearest.rule}" + (f": {because}" if because else "")
        return [f"{what}: {fate}{beside}", f"sentence: {sentence}", place, rule]
    number = f"number {nearest.number.of(report.text)!r} at {nearest.number.start}-{nearest.number.end}"
    return [
        f"{what}: a record, {number}{beside}",
        f"sentence: {sentence}",
        place,
        *grounds(report.text, nearest, found.masks, report.year),
        *_named(report, nearest, found, load_catalogue() if catalogue is None else catalogue),
    ]


def _place(report: Report, found: Quantity | LeftOut) -> str:
    """Where in the document it stands, and how sure its characters are where they were recognised."""
    sure = report.confidence_of(found.start, found.end)
    return report.source_at(found.start) + (f", recognised, {sure:.0%} sure" if sure is not None else "")


def _named(report: Report, quantity: Quantity, found: Scan, catalogue: Catalogue) -> Iterator[str]:
    """Indicator, dimensions, theme, label, section."""
    namer = Namer(report, found, catalogue)
    remembered = _remembering(namer)
    observation = next(one for one in namer.observations() if one.start == quantity.start)
    asked = remembered.get(quantity.start)
    yield from _indicator(observation, asked, catalogue)
    if asked and observation.indicator is None:
        yield from _misses(namer.binder, quantity, asked)
    for dim, value in observation.dims.items():
        yield f"dimension: {dim}={value}, {_dim_words(namer, observation, asked, dim, value)}"
    yield f"theme: {observation.theme}, {_theme_words(namer, observation, asked)}"
    yield f"label: {observation.label}"
    yield f"section: {' > '.join(observation.section) or 'none'}"


def _indicator(observation: Observation, asked: _Remembered | None, catalogue: Catalogue) -> Iterator[str]:
    name = observation.indicator
    if name is None:
        yield "indicator: none, no entry of the catalogue fits"
        return
    bound = asked.bound if asked else None
    because = "carried over from the number before it"
    if bound and bound.indicator.id == name:
        cue = bound.cue
        where = "" if bound.zone in ("heading", "column") else f" at {cue.start}-{cue.end}"
        because = f"by the cue {cue.word!r}{where}, {ZONES.get(bound.zone, bound.zone)}"
    yield f"indicator: {name} ({catalogue[name].title}), {because}"


def _misses(binder: Binder, quantity: Quantity, asked: _Remembered) -> Iterator[str]:
    """Cues in the sentence of a number that no indicator names, nearest first, and what kept each from binding."""
    place, kind = asked.place, kind_of(quantity)
    told: set[str] = set()
    around = binder.text[place.sentence : place.right]
    for hit in reversed(binder.between(place.sentence, place.right)):
        for indicator, group, *_ in binder.index.by_cue[hit.word]:
            if indicator.id in told or len(told) == MOST_MISSES:
                continue
            told.add(indicator.id)
            spoilt = next((word for word in group.no if word in around), "")
            if indicator.kind != kind:
                because = f"which is a {indicator.kind}; this is a {kind}"
            elif indicator.units and quantity.unit not in indicator.units:
                taken = "、".join(sorted(unit for unit in indicator.units if unit))
                because = f"which takes {taken}, not {quantity.unit or 'a bare number'}"
            elif spoilt:
                because = f"but {spoilt!r} speaks against it"
            elif group.needs and not any(word in around + asked.headings for word in group.needs):
                because = f"but needs one of {'、'.join(group.needs[:6])} near it"
            else:
                because = "but it stands too far, or the words between say something else"
            yield f"  {hit.word!r} at {hit.start}-{hit.end} speaks for {indicator.id}, {because}"


def _dim_words(namer: Namer, observation: Observation, asked: _Remembered | None, dim: str, value: str) -> str:
    """The written form of a dimension's value that stands nearest, else that it was carried over."""
    known = dimensions.forms()[dim]
    if asked:
        hits = namer.dims.between(asked.place.paragraph, asked.place.right)
        hits = [hit for hit in hits if known.get(hit.word) == value]
        if hits:
            ends = observation.start, observation.end
            hit = min(hits, key=lambda hit: (max(ends[0] - hit.end, hit.start - ends[1]), -len(hit.word)))
            return f"by {hit.word!r} at {hit.start}-{hit.end}"
    for heading in (*reversed(observation.section), namer.report.title):
        if any(known.get(hit.word) == value for hit in dimensions.words().find(heading)["dims"].all):
            return f"by the heading {heading!r}"
    return "carried over from the number before it"


def _theme_words(namer: Namer, observation: Observation, asked: _Remembered | None) -> str:
    if observation.indicator:
        return "its indicator's"
    if asked:
        said = namer.text[asked.place.sentence : asked.place.right]
        hits = themes.words().find(said)["themes"].all
        near = [hit.word for hit in hits if observation.theme in themes.theme_words()[hit.word]]
        if near:
            return f"by {'、'.join(dict.fromkeys(near))} in its sentence"
    return "by its headings, or the numbers before it"
