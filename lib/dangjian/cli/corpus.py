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
    says it anew for every file named.
    """
    told = {key: value for key, value in said.items() if value is not None}
    folders: dict[Path, list[Path]] = {}
    for file in files:
        folders.setdefault(file.parent, []).append(file)
    return max(_add(folder, chosen, told, limits) for folder, chosen in folders.items())


def _add(folder: Path, files: list[Path], said: dict[str, object], limits: Limits) -> int:
    from dangjian.reports.files import read_file, read_report
    from dangjian.reports.manifest import MANIFEST, dumps_manifest, entry_of, read_manifest
    from dangjian.reports.names import plain_name
    from dangjian.runs.folder import write_text

    entries: dict[str, dict[str, Any]] = {entry["file"]: entry for entry in read_manifest(folder)}
    failed = 0
    for file in files:
        try:
            if plain_name(file.name) != file.name:
                raise ReportError(str(file), "its name is no text in this system's encoding; rename it")
            report = read_report(file, limits)
            entry = entry_of(report, file.name, read_file(file, limits), entries.get(file.name, {}) | said)
        except ReportError as fault:
            remark(str(fault))
            failed += 1
            continue
        other = next((name for name, one in entries.items() if one.get("id") == entry["id"] and name != file.name), "")
        if other:
            remark(f"{file}: its id {entry['id']!r} is that of {other}; give one of the two another id in {MANIFEST}")
            failed += 1
            continue
        entries[file.name] = entry
        facts = (entry["id"], entry.get("district", "-"), str(entry.get("year", "-")), entry.get("kind", "-"))
        line = "\t".join(map(shown, (*facts, entry.get("title", "-"))))
        sys.stdout.buffer.write(f"{line}\n".encode("utf-8", "backslashreplace"))
    manifest = folder / MANIFEST
    if failed < len(files):
        before = manifest.read_text(encoding="utf-8-sig") if manifest.is_file() else ""
        write_text(manifest, dumps_manifest(entries.values(), before))
    return 1 if failed else 0
