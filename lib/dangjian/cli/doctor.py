"""The command that says what is missing on this machine, and what works without it."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata, util
from pathlib import Path
from typing import NamedTuple

import click

from dangjian.cli.remarks import shown
from dangjian.reports.limits import Limits


class Finding(NamedTuple):
    """One thing looked for: whether a run needs it, whether it is there, and what that means."""

    name: str
    needed: bool
    there: bool
    said: str


READING = {"jieba": "words and terms"}
RUNNING = {
    "pandas": "the metrics table as a frame",
    "pyarrow": "Parquet",
    "matplotlib": "printed charts",
    "plotly": "interactive charts",
    "papermill": "running notebooks",
    "ipykernel": "running notebooks",
    "nbformat": "running notebooks",
    "jinja2": "briefings",
    "mistune": "briefings",
    "fontTools": "the font inside briefings",
    "brotli": "the font inside briefings",
    "tqdm": "progress",
}
DOCUMENTS = {
    "docx": "Word files",
    "pdfplumber": "PDF files",
    "pypdf": "PDF files",
    "trafilatura": "web pages",
    "python_calamine": "Excel files",
}
DISTRIBUTIONS = {"docx": "python-docx"}
"""Packages that are installed under another name than they are imported by."""
SCANS = {"rapidocr": "scanned PDF files", "onnxruntime": "scanned PDF files"}
EXPLORING = {"jupyterlab": "exploring by hand", "itables": "tables to sort and filter"}
PROGRAMS = {
    "Chromium": (("chromium", "chromium-browser", "google-chrome"), "the page tests; briefings are made without it"),
    "LibreOffice": (("soffice", "libreoffice"), "old .doc and .wps files; the others are read without it"),
}


@click.command("doctor")
def doctor_command() -> int:
    """Say what is missing on this machine and what works without it."""
    findings = list(examine())
    for finding in findings:
        sign = "ok     " if finding.there else "MISSING" if finding.needed else "absent "
        sys.stdout.buffer.write(f"{sign}  {finding.name}: {shown(finding.said)}\n".encode())
    missing = [finding.name for finding in findings if finding.needed and not finding.there]
    verdict = "everything that a run needs is here" if not missing else f"a run needs {', '.join(missing)}"
    sys.stdout.buffer.write(f"{verdict}\n".encode())
    return 1 if missing else 0


def examine() -> Iterator[Finding]:
    """Everything looked for, in the order in which it is shown."""
    new = sys.version_info >= (3, 11)
    yield Finding("Python", True, new, f"{platform.python_version()}" + ("" if new else "; 3.11 or newer is needed"))
    yield Finding("dangjian", True, True, metadata_version("dangjian"))
    for packages, needed, extra in (
        (READING, True, ""),
        (RUNNING, True, "run"),
        (DOCUMENTS, False, "docs"),
        (SCANS, False, "ocr"),
        (EXPLORING, False, "lab"),
    ):
        for package, purpose in packages.items():
            yield _package(package, purpose, needed, extra)
    yield Finding(
        "limits", False, True, f"{' '.join(Limits().lines())}; each for one file, others by --limit NAME=VALUE"
    )
    yield _font()
    yield _kernel()
    for name, (commands, purpose) in PROGRAMS.items():
        found = next((path for path in map(shutil.which, commands) if path), None)
        yield Finding(name, False, found is not None, f"{found} ({purpose})" if found else f"only for {purpose}")


def metadata_version(package: str) -> str:
    """The installed version of a package, or that it cannot be told."""
    try:
        return metadata.version(DISTRIBUTIONS.get(package, package))
    except metadata.PackageNotFoundError:
        if package == "dangjian":
            import dangjian

            return dangjian.__version__
        return "version unknown"


def _package(package: str, purpose: str, needed: bool, extra: str) -> Finding:
    if util.find_spec(package) is None:
        help_ = f"pip install 'dangjian[{extra}]'" if extra else f"pip install {package.lower()}"
        without = "extract, text, explain and check work without it" if extra else "briefings of terms need it"
        return Finding(package, needed, False, f"for {purpose}; {help_}; {without}")
    return Finding(package, needed, True, f"{metadata_version(package)}, {purpose}")


def _font() -> Finding:
    from importlib.resources import files

    font = Path(str(files("dangjian") / "charts" / "fonts" / "NotoSansSC-subset.ttf"))
    if not font.is_file():
        return Finding("Chinese font", True, False, "the bundled font file is not there; install dangjian anew")
    return Finding(
        "Chinese font", True, True, f"bundled, {font.stat().st_size // 1024} KB; the machine needs none of its own"
    )


def _kernel() -> Finding:
    if util.find_spec("jupyter_client") is None:
        return Finding("kernel python3", True, False, "jupyter_client is missing; pip install 'dangjian[run]'")
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        found = KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel:
        return Finding("kernel python3", True, False, "notebooks run in it; python -m ipykernel install --sys-prefix")
    command = found.argv[0] if found.argv else ""
    there = command in ("python", "python3") or shutil.which(command) is not None
    said = found.resource_dir if there else f"its Python {command!r} is gone; python -m ipykernel install --sys-prefix"
    return Finding("kernel python3", True, there, said)
