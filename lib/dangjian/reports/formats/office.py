""".doc and .wps: converted to .docx by LibreOffice where it is installed, in a folder and a profile of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from dangjian.reports.formats.reading import Unreadable
from dangjian.reports.limits import Limits

COMMANDS = ("soffice", "libreoffice")
MISSING = "needs LibreOffice, which is not installed here; install it, or save the report as .docx"
# No macro runs, no link is followed, no matter what the file asks for.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""


def to_docx(data: bytes, suffix: str, limits: Limits) -> bytes:
    """The bytes of an old Word or WPS file as .docx; those of a .docx under another name as they are.

    Raises:
        Unreadable: LibreOffice is not here, failed, or took too long.
    """
    if data.startswith(b"PK\x03\x04"):
        return data
    command = next((path for path in map(shutil.which, COMMANDS) if path), None)
    if command is None:
        raise Unreadable(MISSING)
    with tempfile.TemporaryDirectory(prefix="dangjian-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        given, settings = place / f"report{suffix}", place / "profile" / "user"
        given.write_bytes(data)
        settings.mkdir(parents=True)
        (settings / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        _convert(command, given, place, limits)
        made = place / "out" / "report.docx"
        if not made.is_file() or made.stat().st_size > limits.file:
            raise Unreadable("LibreOffice cannot read it; open it in Word or WPS and save it as .docx")
        return made.read_bytes()


def _convert(command: str, given: Path, place: Path, limits: Limits) -> None:
    arguments = [
        command, "--headless", "--norestore", "--nologo", f"-env:UserInstallation={(place / 'profile').as_uri()}",
        "--convert-to", "docx", "--outdir", str(place / "out"), str(given),
    ]  # fmt: skip
    none = subprocess.DEVNULL
    process = subprocess.Popen(arguments, start_new_session=True, cwd=place, stdin=none, stdout=none, stderr=none)
    try:
        process.wait(limits.office_seconds)
    except subprocess.TimeoutExpired:
        raise Unreadable(f"LibreOffice took more than {limits.office_seconds} s (limit `office_seconds`)") from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the converter with all that it started: it leaves a child behind."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
