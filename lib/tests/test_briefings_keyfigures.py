"""Which figures of a list a reader sees first."""

from __future__ import annotations

from dangjian.briefings.keyfigures import MOST, key_figures
from dangjian.briefings.page import Page


def listed(indicator: str, lower: float, **more: object) -> dict[str, object]:
    """A number of a list, as a table carries it."""
    row = {"indicator": indicator, "lower": lower, "upper": lower, "unit": "名", "modality": "exact", "masked": False}
    row |= {"report_id": "r", "start": int(lower), "end": int(lower) + 1, "text": "x", "period": 2022}
    return row | {"label": "", "dims": {}, "target": False} | more


def shown(*records: dict[str, object]) -> list[str]:
    page = Page()
    page.listed = list(records)
    return [figure.words for keys in key_figures(page) for figure in keys.figures]


def test_core_themes_come_first_and_each_theme_has_its_turn() -> None:
    records = [listed("inspection.units", 1), listed("training.sessions", 2), listed("membership.developed", 3)]
    records += [listed("membership.applicants", 4), listed("inspection.rounds", 5)]
    assert shown(*records) == ["3名", "2名", "1名", "4名", "5名"]


def test_parts_plans_repetitions_and_unbound_numbers_are_no_key_figures() -> None:
    records = [
        listed("membership.developed", 36, dims={"group": "骑手"}),
        listed("membership.developed", 40, target=True),
    ]
    records += [listed("membership.developed", 128), listed("membership.developed", 129), listed("", 7)]
    assert shown(*records) == ["128名"]


def test_they_are_few() -> None:
    assert len(shown(*(listed(f"service.made_{at}", at) for at in range(20)))) == MOST
