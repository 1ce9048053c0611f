"""When a job is due, in words, as systemd and as cron write it.

>>> read_when("Mon 06:30").cron
'30 6 * * 1'
>>> read_when("monthly 1 06:30").calendar
'*-*-01 06:30:00'
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dangjian.errors import DangjianError, nearest

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FORMS = '"hourly", "daily 06:30", "Mon 06:30", "Mon,Thu 06:30", "monthly 1 06:30", "yearly 01-15 06:30"'
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_DATE = re.compile(r"(0?[1-9]|1[0-2])-(0?[1-9]|[12]\d|3[01])")


class ScheduleError(DangjianError):
    """A time cannot be read."""


@dataclass(frozen=True)
class When:
    """When a job is due.

    Attributes:
        said: as the file of jobs says it.
        calendar: as ``OnCalendar=`` of a systemd timer.
        cron: the five fields of a cron line.
    """

    said: str
    calendar: str
    cron: str


def read_when(said: str) -> When:
    """The times that a text names, in the local time of the machine that runs it.

    Raises:
        ScheduleError: it is none of the forms that are read.
    """
    words = said.split()
    if words == ["hourly"]:
        return When(said, "*-*-* *:00:00", "0 * * * *")
    time = _TIME.fullmatch(words[-1]) if words else None
    if time is None or len(words) < 2:
        raise ScheduleError(f"when: {said!r} names no time; write {FORMS}")
    hour, minute = int(time[1]), int(time[2])
    clock, start = f"{hour:02}:{minute:02}:00", f"{minute} {hour}"
    kind, rest = words[0], words[1:-1]
    if kind == "daily" and not rest:
        return When(said, f"*-*-* {clock}", f"{start} * * *")
    if kind == "monthly" and len(rest) == 1 and rest[0].isdecimal() and 1 <= int(rest[0]) <= 28:
        return When(said, f"*-*-{int(rest[0]):02} {clock}", f"{start} {int(rest[0])} * *")
    date = _DATE.fullmatch(rest[0]) if kind == "yearly" and len(rest) == 1 else None
    if date:
        month, day = int(date[1]), int(date[2])
        return When(said, f"*-{month:02}-{day:02} {clock}", f"{start} {day} {month} *")
    days = kind.split(",")
    unknown = [day for day in days if day not in DAYS]
    if rest or unknown:
        wrong = unknown[0] if unknown else " ".join(words[:-1])
        raise ScheduleError(
            f"when: {wrong!r} is no day{nearest(wrong, DAYS)}; write {FORMS} (a month's day is 1 to 28)"
        )
    numbers = ",".join(str((DAYS.index(day) + 1) % 7) for day in days)
    return When(said, f"{kind} *-*-* {clock}", f"{start} * * {numbers}")
