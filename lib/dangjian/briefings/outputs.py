"""Outputs of a notebook's cells as blocks of a page: each in the form that tells most, none of its HTML passed on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from dangjian.briefings import behind, drawn, listed, plotted, redrawn, signs
from dangjian.briefings.page import Chart, Page
from dangjian.briefings.pictures import clean
from dangjian.briefings.plots import Plot
from dangjian.briefings.prose import render
from dangjian.briefings.tables import find_tables
from dangjian.wording import MIME

PLOTLY = "application/vnd.plotly.v1+json"
KINDS = (PLOTLY, "image/svg+xml", "image/png", "image/jpeg", "text/html", "text/markdown", "text/plain")
"""The forms of an output, the one that tells most first."""
SILENT = re.compile(r"^<.* at 0x[0-9a-f]+>$|^<(Figure|Axes)\b.*>$|^Figure\(\{|^None$")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")
_SOURCE = re.compile("^(?:资料来源：|Source: ?)")


def blocks_of(output: Any, page: Page) -> list[str]:
    """One output of a cell as blocks; standard error is never shown."""
    if output.output_type == "stream":
        text = output.text.strip("\n")
        return [f"<pre>{escape(text)}</pre>\n"] if output.name == "stdout" and text else []
    if output.output_type == "error":
        return [f'<p class="fault">{escape(output.ename)}: {escape(output.evalue)}</p>\n']
    data = output.get("data", {})
    kind = next((kind for kind in KINDS if kind in data), None)
    if kind is None:
        return []
    if kind == PLOTLY or kind.startswith("image/"):
        return [_chart(kind, data, page)]
    said = "".join(data[kind])
    if kind == "text/markdown":
        return [render(_told(said, data.get(MIME), page), page.heading, page.say)]
    if kind == "text/html":
        tables = find_tables(said)
        if tables:
            carried = data.get(MIME) if len(tables) == 1 else None
            return [listed.block(table, carried, page) for table in tables]
        said = "".join(data.get("text/plain", ""))
    said = said.strip()
    return [f"<pre>{escape(said)}</pre>\n"] if said and not SILENT.match(said) else []


def _told(said: str, carried: Any, page: Page) -> str:
    """A list of sentences with the figures that each tells linked, where it carries them."""
    if not isinstance(carried, Mapping) or carried.get("form") != "lines":
        return said
    lines = said.split("\n")
    for at, figures in enumerate(carried["lines"][: len(lines)]):
        lines[at] = _line(lines[at], figures, page)
    return "\n".join(lines)


def _line(line: str, figures: Iterable[tuple[str, Mapping[str, Any]]], page: Page) -> str:
    done = ""
    for words, record in figures:
        found = re.search(rf"(?<![\d,.–≥≤<>-]){re.escape(words)}", line)
        if found is None:
            continue
        part, whole = page.quotations.links(record)
        linked = f"[{words}](#{part})" if part else words
        done += line[: found.start()] + linked + (f" [÷](#{whole})" if whole else "")
        line = line[found.end() :]
    return done + line


def _chart(kind: str, data: Mapping[str, Any], page: Page) -> str:
    """A chart: drawn from the figures that it carries, else from its picture, else told by its data."""
    chart = Chart(page.figures + 1, plotly=data[kind] if kind == PLOTLY else None)
    page.charts.append(chart)
    meta = (data[kind].get("layout") or {}).get("meta") if kind == PLOTLY else None
    carried = meta.get("carried") if isinstance(meta, Mapping) else data.get(MIME)
    if isinstance(carried, Mapping):
        try:
            shown = drawn.draw(carried, f"f{chart.number}", page.say, page.quotations.links)
        except (KeyError, TypeError, ValueError):
            shown = None  # of another make: its own picture is shown
        if shown is not None:
            return _carried(shown, carried, chart, page)
    if kind == PLOTLY:
        return _plotted(data[kind], chart, page)
    return _pictured(kind, data, chart, page)


def _carried(shown: drawn.Drawn, carried: Mapping[str, Any], chart: Chart, page: Page) -> str:
    say, options = page.say, carried.get("options") or {}
    page.drawn += 1
    chart.records, chart.upright = shown.records, carried["form"] == "years"
    chart.claim = str(options.get("title") or "")
    if any(carried.get("members") or ()):
        page.folds.setdefault(behind.key_of(carried["members"]), f"f{chart.number}r")
    under = f"<p class=unit>{say('figure.unit', unit=escape(shown.unit))}</p>" if shown.unit else ""
    inner = f"{shown.html}<div class=legend>{signs.key(shown.kinds, say)}{under}</div>"
    if page.interactive:
        _plot(chart.plotly or _redone(carried), shown.links, chart, page)
    source = _SOURCE.sub("", str(options.get("source") or ""))
    return _figure(inner, chart, page, source, shown.unit)


def _redone(carried: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What a chart carries, as plotly's JSON; None where it has no such form."""
    from dangjian import charts
    from dangjian.wording import restored

    options = {name: str(value) for name, value in carried["options"].items()}
    if carried["form"] == "years":
        made = charts.years_interactive(restored(carried), **options)
    elif carried["form"] == "ranges":
        made = charts.ranges_interactive(restored(carried), **options)
    else:
        return None
    return dict(json.loads(made.to_json()))


def _plot(figure: Mapping[str, Any] | None, links: Mapping[str, str], chart: Chart, page: Page) -> None:
    """Have a chart drawn by plotly in the browser; the claim that the page tells above it is no title of it."""
    if figure is None or not figure.get("data"):
        return
    layout = {name: value for name, value in (figure.get("layout") or {}).items() if name != "title"}
    if links:
        layout["margin"] = {**(layout.get("margin") or {}), "t": 40}
    page.plots.append(Plot(f"p{chart.number}", {"data": figure["data"], "layout": layout}, links))


def _pictured(kind: str, data: Mapping[str, Any], chart: Chart, page: Page) -> str:
    """A drawing or a picture of its own making."""
    said, text = "".join(data[kind]), "".join(data.get("text/plain", ""))
    broken = f'<p class="fault">{page.say("figure.broken")}</p>'
    if kind == "image/svg+xml":
        try:
            picture = clean(said, f"f{chart.number}")
        except ValueError:
            return _figure(broken, chart, page)
        page.drawn += 1
        chart.claim = picture.title
        return _figure(picture.html, chart, page, titled=True)
    if not _BASE64.fullmatch(said):
        return _figure(broken, chart, page)
    page.drawn += 1
    chart.claim = "" if SILENT.match(text) else text
    address = f"data:{kind};base64,{''.join(said.split())}"
    alternative = escape(chart.claim or page.say("figure.picture"))
    return _figure(f'<img alt="{alternative}" src="{address}">', chart, page)


def _plotted(figure: Mapping[str, Any], chart: Chart, page: Page) -> str:
    """A plotly figure that carries nothing: drawn again where it can be, and its data as a table in any case."""
    chart.claim = plotted.title_of(figure).replace("\n", "")
    if page.interactive:
        _plot(figure, {}, chart, page)
    table = f'<div class="wide">{listed.rows(plotted.data_table(figure))}</div>'
    try:
        svg = redrawn.drawing(figure)
        described = plotted.description_of(figure).replace("\n", "；")
        picture = clean(svg, f"f{chart.number}", chart.claim, described) if svg is not None else None
    except (ValueError, TypeError, KeyError, IndexError):
        picture = None  # a figure of a make that is not known here: its table tells all of it
    if picture is None:
        return _figure(f'<p class="note">{page.say("figure.only_data")}</p>{table}', chart, page)
    page.drawn += 1
    inner = f"{picture.html}<details><summary>{page.say('figure.data')}</summary>{table}</details>"
    return _figure(inner, chart, page, titled=True)


def _figure(inner: str, chart: Chart, page: Page, source: str = "", unit: str = "", *, titled: bool = False) -> str:
    """A numbered figure: its claim, the chart, and the caption.

    Args:
        titled: whether the chart says its claim itself.
    """
    say, number = page.say, chart.number
    claim = f"<p class=claim>{escape(chart.claim)}</p>" if chart.claim and not titled else ""
    if page.plots and page.plots[-1].place == f"p{number}":
        still = f"<details class=still><summary>{say('interactive.still')}</summary>{inner}</details>"
        label = escape(chart.claim or say("figure.picture"))
        inner = f'<div class=plot id=p{number} role=group aria-label="{label}"></div>{still}'
    caption = say("figure.caption", number=number, what=page.section.rstrip("。？！?!."))
    caption += say("figure.source", source=escape(source)) if source else ""
    listed = chart.records or "<details class=behind>" in inner
    data = f' data-name="{say("key.figure", number=number)}" data-unit="{escape(unit)}"' if listed else ""
    return f'<figure id="f{number}"{data}>{claim}{inner}<figcaption>{caption}</figcaption></figure>\n'
