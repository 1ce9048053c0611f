"""The command that writes a corpus manifest: what each report is, read from it, kept where a person has said it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dangjian.cli.limits import limit_option
from dangjian.cli.remarks import remark, shown
from dangjian.errors import ReportError

if TYPE_CHECKING:
    from dangjian.reports.limits import Limits


@click.group("corpus")
def corpus_command() -> None:
    """Make or refresh a corpus manifest, corpus.toml."""


@corpus_command.command("add")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--district", help="Whose reports these are.")
@click.option("--year", type=click.IntRange(1900, 2100), help="The year they speak of, where they do not say.")
@click.option("--kind", help="What kind of report, such as 工作总结.")
@click.option("--source", help="Where they come from: an address, an archive.")
@limit_option
def add_command(files: tuple[Path, ...], limits: Limits, **said: object) -> int:
    """List reports in the corpus.toml beside them.

    Title, year and kind are read from a report; what the manifest says already stays, but for the hash. An option
    says it anew for every file named. A file that holds the same report as another is listed with `same_as`, and
    counted once.
    """
    told = {key: value for key, value in said.items() if value is not None}
    folders: dict[Path, list[Path]] = {}
    for file in files:
        if file.name != "corpus.toml":  # `corpus add *` means the reports
            folders.setdefault(file.parent, []).append(file)
    return max((_add(folder, chosen, told, limits) for folder, chosen in folders.items()), default=0)


def _add(folder: Path, files: list[Path], said: dict[str, object], limits: Limits) -> int:
    from dangjian.placing import write_text
    from dangjian.reports.listing import List, TakenError
    from dangjian.reports.manifest import MANIFEST, dumps_manifest, read_manifest

    listed = List(folder, read_manifest(folder), limits)
    failed = 0
    for file in sorted(files, key=listed.rank):
        try:
            entry = listed.add(file, said)
        except TakenError as fault:
            remark(f"{file}: {fault}")
            failed += 1
            continue
        except ReportError as fault:
            remark(str(fault))
            failed += 1
            continue
        if entry.get("same_as"):
            remark(f"{file}: the same report as {entry['same_as']}, counted once; if it is not, say `distinct = true`")
        sys.stdout.buffer.write(f"{_line(entry)}\n".encode("utf-8", "backslashreplace"))
    manifest = folder / MANIFEST
    if failed < len(files):
        before = manifest.read_text(encoding="utf-8-sig") if manifest.is_file() else ""
        write_text(manifest, dumps_manifest(listed.entries.values(), before))
    return 1 if failed else 0


def _line(entry: dict[str, Any]) -> str:
    facts = (entry["id"], entry.get("district", "-"), str(entry.get("year", "-")), entry.get("kind", "-"))
    return "\t".join(map(shown, (*facts, entry.get("title", "-"))))
