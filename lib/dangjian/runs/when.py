"""When a job runs: a few words, said as systemd and cron say them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dangjian.errors import DangjianError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FORMS = "hourly, daily 06:30, weekly mon 06:30, monthly 1 06:30, yearly 01-15 06:30"
_FORM = re.compile(
    r"(?P<often>hourly|daily|weekly|monthly|yearly)"
    r"(?: +(?P<day>[a-z]{3}|\d{1,2}-\d{1,2}|\d{1,2}))?"
    r"(?: +(?P<hour>\d{1,2}):(?P<minute>\d\d))?"
)


class WhenError(DangjianError):
    """A time of running that cannot be read."""


@dataclass(frozen=True)
class When:
    """A time that comes again, in the machine's own time zone.

    Attributes:
        often: hourly, daily, weekly, monthly or yearly.
        weekday: 0 for Monday to 6, None where it is not weekly.
        month, day: of the year; None where they do not matter.
    """

    often: str
    hour: int = 6
    minute: int = 0
    weekday: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def calendar(self) -> str:
        """As systemd's ``OnCalendar`` has it."""
        if self.often == "hourly":
            return f"*-*-* *:{self.minute:02}:00"
        weekday = f"{DAYS[self.weekday].title()} " if self.weekday is not None else ""
        month = f"{self.month:02}" if self.month else "*"
        day = f"{self.day:02}" if self.day else "*"
        return f"{weekday}*-{month}-{day} {self.hour:02}:{self.minute:02}:00"

    @property
    def cron(self) -> str:
        """The five fields of a crontab line."""
        if self.often == "hourly":
            return f"{self.minute} * * * *"
        weekday = "*" if self.weekday is None else str((self.weekday + 1) % 7)
        return f"{self.minute} {self.hour} {self.day or '*'} {self.month or '*'} {weekday}"


def read_when(text: str) -> When:
    """The time that a few words name.

    >>> read_when("weekly fri 18:05").cron
    '5 18 * * 5'
    >>> read_when("monthly").calendar
    '*-*-01 06:00:00'

    Raises:
        WhenError: the words are none of the forms, or name a day or an hour that there is not.
    """
    match = _FORM.fullmatch(text.strip().lower())
    if match is None:
        raise WhenError(f"{text!r} is no time to run at; write one of: {FORMS}")
    often, day = match["often"], match["day"]
    hour, minute = int(match["hour"] or 6), int(match["minute"] or 0)
    weekday: int | None = 0 if often == "weekly" else None
    month: int | None = 1 if often == "yearly" else None
    date: int | None = 1 if often in ("monthly", "yearly") else None
    fits = hour < 24 and minute < 60
    if day is not None:
        if often == "weekly" and day in DAYS:
            weekday = DAYS.index(day)
        elif often == "monthly" and day.isdigit():
            date = int(day)
            fits = fits and 1 <= date <= 28
        elif often == "yearly" and "-" in day:
            month, date = map(int, day.split("-"))
            fits = fits and 1 <= month <= 12 and 1 <= date <= 28
        else:
            fits = False
    if not fits or (often == "hourly" and match["hour"]):
        raise WhenError(f"{text!r} is no time to run at (days end at 28, hours at 23); write one of: {FORMS}")
    return When(often, hour, minute, weekday, month, date)
