"""Number formats of spreadsheets: what stands in a cell is not what its reader sees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

BUILT_IN = {
    "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "37": "#,##0", "38": "#,##0",
    "39": "#,##0.00", "40": "#,##0.00", "41": "#,##0", "42": "#,##0", "43": "#,##0.00", "44": "#,##0.00",
}  # fmt: skip
"""Formats that every workbook knows by number."""
LONGEST = 255
"""No longer code can be written in a spreadsheet."""
LARGEST = 1e15
"""Beyond it a spreadsheet's number has no more places than it shows."""
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[[^\]]*\]|(?P<number>[#0?](?:[#0?,.]|[\\!]\.(?=[#0?]))*)|(?P<sign>[%‰])'
    r"|(?P<general>General|G/通用格式)|(?P<time>[ymdhs]+)|(?P<other>.)",
    re.I | re.S,
)


@dataclass(frozen=True)
class Form:
    """How a number is shown: ``before`` and ``after`` it stand words, it is divided, rounded, perhaps grouped.

    ``dated`` is "y" or "ym" for a date of which only the year, or year and month, are shown.
    """

    before: str = ""
    after: str = ""
    divisor: float = 1.0
    decimals: int | None = None
    grouped: bool = False
    dated: str = ""

    def shown(self, value: float) -> str:
        """The number as the sheet shows it.

        >>> read_form('0.0%').shown(0.984), read_form('#,##0"名"').shown(1234), read_form('0!.0,"万元"').shown(356000)
        ('98.4%', '1,234名', '35.6万元')
        """
        if self.decimals is None or not abs(value) < LARGEST:
            written = f"{abs(value) / self.divisor:.15g}"
        else:
            scaled = Decimal(repr(abs(float(value)))) / Decimal(repr(self.divisor))
            rounded = scaled.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
            written = f"{rounded:{',' if self.grouped else ''}f}"
        sign = "-" if value < 0 and float(written.replace(",", "")) else ""
        return f"{self.before}{sign}{written}{self.after}"

    def day(self, value: date) -> str:
        """The date as the sheet shows it, in Chinese."""
        month = f"{value.month}月" if self.dated != "y" else ""
        return f"{value.year}年{month}" + ("" if self.dated else f"{value.day}日")


def read_form(code: str) -> Form | None:
    """A format by its code, as far as it changes what is read: words, percent, places, scale; else None."""
    if len(code) > LONGEST:
        return None
    before = after = number = times = ""
    for part in _PART.finditer(_section(code)):
        words = part["quoted"] or part["escaped"] or part["sign"] or (part["other"] or "").strip()
        number += part["number"] or ""
        times += (part["time"] or "").lower()
        if part["general"]:
            number = "G"
        elif number:
            after += words
        else:
            before += words
    if times and not number:
        return Form(dated="y" if not set(times) - {"y"} else "ym" if not set(times) - set("ym") else "")
    if not number or not (before or after or number != "G"):
        return None
    before, after = before.strip("¥￥$() "), after.strip("() ")
    percent = 100.0 if "%" in before + after else 1.0
    if number == "G":
        return Form(before, after)
    hand = re.search(r"[\\!]\.([#0?]+)", number)  # a point put in by hand: 0!.0, shows thousands as 万
    commas = len(number) - len(number.rstrip(","))
    places = hand[1] if hand else number.rstrip(",").partition(".")[2]
    divisor = 1000.0**commas * (10.0 ** len(places) if hand else 1.0) / percent
    whole = number.rstrip(",").partition(".")[0]
    if "/" in before + after or after.startswith(("E+", "E-")):
        return None  # a fraction, powers of ten
    return Form(before, after, divisor, len(re.findall("[0#?]", places)), "," in whole)


def _section(code: str) -> str:
    """The first section of a code, which is that of positive numbers."""
    section, quoted = "", False
    for sign in code:
        quoted ^= sign == '"'
        if sign == ";" and not quoted:
            break
        section += sign
    return section
