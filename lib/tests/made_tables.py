"""Tables made of figures whose truth is known: reports of one district that agree with themselves, partly hidden."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

import pandas as pd
from tables import record, table

GROUPS = ("产业工人", "青年农民", "学生", "女性", "两新")
LEVELS = ("党委", "总支部", "支部")


class Made(NamedTuple):
    """A metrics table and the true (as printed before hiding) value of each of its rows."""

    metrics: pd.DataFrame
    truth: list[float]


class _Maker:
    def __init__(self, random: Random) -> None:
        self.random, self.rows, self.truth, self.at = random, [], [], 0
        self.hiding = random.choice((0.2, 0.6, 0.9))

    def say(self, indicator: str, value: float, unit: str, year: int, **more: object) -> None:
        """Add one figure as a report would print it; some digits of some are hidden."""
        random = self.random
        signed, value = value, abs(value)
        digits = f"{value:.1f}" if unit in ("%", "倍") else f"{value:.0f}"
        kept = 0 if random.random() < 0.7 else random.randint(0, len(digits))
        masked = random.random() < self.hiding and kept < len(digits.replace(".", ""))
        written = digits[:kept] + "".join("." if sign == "." else "*" for sign in digits[kept:]) if masked else digits
        masked = "*" in written
        begun = written[1:2] not in ("", ".") or unit == "名"  # **, not a lone * that may stand for 0
        first = written[0].replace("*", "1" if begun else "0")
        lower, upper = float(first + written[1:].replace("*", "0")), float(written.replace("*", "9"))
        lower = min(lower, value)
        change = ("decrease" if signed < 0 else "increase") if more.pop("changing", False) else None
        self.at += 20
        self.rows.append(
            record(indicator, lower, upper, report_id=f"r{year}", year=year, period=year, text=written + unit,
                   start=self.at, end=self.at + len(written) + len(unit), number=[self.at, self.at + len(written)],
                   unit=unit, masked=masked, change=change, **more)
        )  # fmt: skip
        self.truth.append(round(value, 1))


def made_table(seed: int) -> Made:
    """One or two yearly reports of a district; the same seed gives the same table."""
    random = Random(seed)
    maker = _Maker(random)
    size = random.choice((12, 40, 300, 5000))
    developed = [random.randint(size // 2, size) for _ in range(2)]
    members = [random.randint(size * 8, size * 10)]
    members.append(members[0] + random.choice((-1, 1)) * random.randint(1, size // 2))
    levels = [[random.randint(1, size) for _ in LEVELS] for _ in range(2)]
    for at, year in enumerate(range(2021, 2021 + random.randint(1, 2))):
        whole, plan = developed[at], developed[at] + random.randint(0, 3)
        left, parts = whole, {}
        for name in GROUPS[:3]:
            parts[name] = random.randint(0, left // 2)
            left -= parts[name]
        parts |= {name: random.randint(0, whole) for name in GROUPS[3:]}
        if random.random() < 0.8:
            maker.say("membership.developed", whole, "名", year)
        maker.say("membership.developed", plan, "名", year, target=True)
        maker.say("membership.plan_completion_rate", round(100 * whole / plan, 1), "%", year)
        for name, part in parts.items():
            if part and random.random() < 0.7:
                maker.say("membership.developed", part, "名", year, dims={"group": name})
            if random.random() < 0.4:
                maker.say("membership.developed_share", round(100 * part / whole, 1), "%", year, dims={"group": name})
        applicants = random.randint(whole, whole * 12)
        maker.say("membership.applicants", applicants, "名", year)
        maker.say("membership.applicants_per_developed", round(applicants / whole, 1), "倍", year)
        maker.say("membership.members", members[at], "名", year)
        for name, count in zip(LEVELS, levels[at], strict=True):
            if random.random() < 0.9:
                maker.say("membership.organizations", count, "个", year, dims={"level": name})
        maker.say("membership.organizations", sum(levels[at]), "个", year)
        found = random.randint(2, size)
        done = random.randint(1, found - 1)
        maker.at += 200
        for name, count in (("found", found), ("rectified", done), ("open", found - done)):
            maker.say(f"rectification.problems_{name}", count, "个", year, dims={"source": "巡察"})
        maker.say("rectification.rate", round(100 * done / found, 1), "%", year, dims={"source": "巡察"})
        if at:
            change = members[1] - members[0]
            maker.say("membership.members_net_increase", change, "名", year, changing=True)
            rate = round(100 * change / members[0], 1)
            if rate:
                maker.say("membership.members_change_rate", rate, "%", year, changing=True)
    return Made(table(*maker.rows), maker.truth)
