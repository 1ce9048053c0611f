"""Feeds the project's readers with bytes that change until something new happens.

Needs atheris, which is there for Linux: pip install --group fuzz.

    python scripts/fuzz.py [TARGET...] [--seconds 600] [--corpus .cache/fuzz]   # each target for so long
    python scripts/fuzz.py --keep                                               # what it found -> lib/tests/found

A target is a function of lib/tests/targets.py; it fails where a promise is broken. What failed stands in the corpus's
folder `failed`, and becomes a test with `--keep`, as the inputs do that reached what no other had.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "lib/tests"
FOUND = TESTS / "found"
sys.path.insert(0, str(TESTS))  # tests are no package
LONGEST = {"decode": 1_000, "scan": 400, "extract": 1_200, "html": 3_000, "docx": 4_000, "pdf": 4_000}
"""Bytes of an input: short ones are tried oftener."""
KEPT = {"decode": 60, "scan": 300, "extract": 100, "html": 40, "docx": 40, "pdf": 40}
"""Inputs of each target kept as tests, some of every length."""
MEMORY = 1_500
SLOWEST = 20
HTML = "p div span table tr td th h1 br script style ul li article nav footer b a del hidden colspan= rowspan= class="
DOCX = (
    "w:p w:r w:t w:pPr w:rPr w:ins w:del w:tbl w:tr w:tc w:tcPr w:gridSpan w:vMerge w:sdt w:sdtContent w:fldChar "
    "w:numPr w:numId w:ilvl w:vanish w:ruby w:rubyBase w:footnote w:br w:tab w:abstractNum w:lvl w:lvlText w:numFmt"
)


def targets() -> Any:
    """The module of targets."""
    return import_module("targets")


def sentences() -> list[str]:
    """The rows of the tests' tables, unmarked: every construction that is known to be read."""
    rows = import_module("test_laws").SENTENCES
    return [str(row) for row in rows]


def words(target: str) -> list[str]:
    """What an input of a target is made of, for whole words to be put in."""
    if target == "html":
        return [f"<{tag}>" if tag.isalnum() else tag for tag in HTML.split()]
    if target == "docx":
        return [f"<{tag}/>" for tag in DOCX.split()] + [f"</{tag}>" for tag in DOCX.split()[:14]]
    if target == "pdf":
        return [
            "obj", "endobj", "stream", "endstream", "xref", "trailer", "/Type", "/Page", "/Filter", "/FlateDecode",
            "/Length", "BT", "ET", "Tf", "Tj"
        ]  # fmt: skip
    from dangjian.quantities.units import measure_words

    signs = sorted(import_module("test_laws").CHARACTERS)
    said = [
        "以上", "以下", "左右", "不少于", "不足", "将近", "超过", "分别", "百分之", "三分之", "同比", "增长",
        "下降", "至", "到", "第", "每", "占", "发展党员", "整改率"
    ]  # fmt: skip
    return [*measure_words(), *said, *signs]


def seeds(target: str) -> Iterator[bytes]:
    """Inputs to begin with."""
    known = FOUND / f"{target}.jsonl"
    if known.is_file():
        yield from stored(known)
    if target in ("decode", "scan", "extract"):
        for at, sentence in enumerate(sentences()):
            codings = ("utf-8", "gb18030", "utf-8-sig", "utf-16") if target == "decode" else ("utf-8",)
            if target != "decode" or at % 40 == 0:
                yield from (sentence.encode(coding, "replace") for coding in codings)
        return
    renderings = import_module("renderings")
    text = "衡川区2021年总结\n一、党员发展\n发展党员12名，整改率95%。\n指标\t单位\t2021年\n党员\t名\t318\n"
    if target == "html":
        yield renderings.as_html(text)
    elif target == "pdf":
        lines = b"BT /F1 12 Tf 72 700 Td (2021 report) Tj 0 -20 Td (12 members, 95%) Tj ET 72 600 200 40 re S"
        yield import_module("hostile").pdf(
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(lines), lines),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        )
    else:
        with zipfile.ZipFile(BytesIO(renderings.as_docx(text))) as container:
            parts = [container.read(f"word/{name}.xml") for name in ("document", "numbering", "styles", "footnotes")]
        body, numbering, styles, footnotes = (re.sub(rb"<w:sectPr.*?</w:sectPr>", b"", part) for part in parts)
        short = re.sub(rb"(?s)<w:(?:latentStyles|tblStylePr|lsdException).*?(?:</w:latentStyles>|/>)", b"", styles)[
            :900
        ]
        border = targets().BORDER
        yield border.join([body, numbering, short, footnotes])
        yield body


def stored(path: Path) -> Iterator[bytes]:
    """The inputs of a file of found ones, a JSON string a line."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            yield json.loads(line).encode("utf-8", "surrogateescape")


def line_of(data: bytes) -> str:
    """An input as a line: what is no UTF-8 stands as halves of pairs."""
    line = json.dumps(data.decode("utf-8", "surrogateescape"), ensure_ascii=False)
    return re.sub("[^ -~\u3000-\u9fff\uff00-\uffef]", lambda sign: ascii_of(sign[0]), line)


def ascii_of(sign: str) -> str:
    """A sign as JSON's escape, of two where it takes a pair."""
    return json.dumps(sign)[1:-1]


def run_one(target: str, arguments: list[str]) -> None:
    """Be the process that fuzzes one target; it never returns."""
    import atheris

    with atheris.instrument_imports(include=["dangjian"], enable_loader_override=False):
        act = targets().TARGETS[target]
    act(next(seeds(target)))  # what the first input imports must not count as its time
    atheris.Setup([sys.argv[0], *arguments], act)
    atheris.Fuzz()


def fuzz(target: str, seconds: int, corpus: Path) -> bool:
    """Fuzz a target in a process of its own; True where nothing failed."""
    place, failed = corpus / target, corpus / "failed"
    place.mkdir(parents=True, exist_ok=True)
    failed.mkdir(exist_ok=True)
    for number, seed in enumerate(seeds(target)):
        (place / f"seed-{number}").write_bytes(seed)
    dictionary = corpus / f"{target}.dict"
    encoded = ["".join(f"\\x{byte:02x}" for byte in word.encode()) for word in words(target)]
    dictionary.write_text("".join(f'"{word}"\n' for word in encoded), encoding="ascii")
    sound, until = True, time.monotonic() + seconds
    while (left := round(until - time.monotonic())) > 0:
        arguments = [
            f"-max_total_time={left}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MEMORY}", f"-max_len={LONGEST[target]}",
            f"-dict={dictionary}", f"-artifact_prefix={failed}/{target}-", "-print_final_stats=1", str(place),
        ]  # fmt: skip
        command = [sys.executable, __file__, "--only", target, "--", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        said = dict(re.findall(r"stat::(\w+):\s+(\d+)", done.stderr))
        branches = re.findall(r"cov: (\d+)", done.stderr)
        print(
            f"{target}: {said.get('number_of_executed_units', '?')} inputs in {left} s, slowest "
            f"{said.get('slowest_unit_time_sec', '?')} s, most memory {said.get('peak_rss_mb', '?')} MB, "
            f"{branches[-1] if branches else '?'} branches, {'FAILED' if done.returncode else 'no failure'}",
            flush=True,
        )
        if done.returncode:
            sound = False
            print("\n".join([done.stdout[-3_000:], *done.stderr.split("\n")[-12:]]), flush=True)
            if not said:  # it never began
                break
    return sound


def keep(target: str, corpus: Path) -> None:
    """Write what failed, and of the inputs that each reached something new some of every length, as tests."""
    new = [path.read_bytes() for path in sorted((corpus / target).iterdir()) if not path.name.startswith("seed-")]
    found = sorted((data for data in new if len(data) <= LONGEST[target]), key=lambda data: (len(data), data))
    some = found[:: max(1, -(-len(found) // KEPT[target]))]
    failures = [path.read_bytes() for path in sorted((corpus / "failed").glob(f"{target}-*"))]
    place = FOUND / f"{target}.jsonl"
    once = list(stored(place)) if place.is_file() else []
    lines = {line_of(data): None for data in (*failures, *once, *some)}
    FOUND.mkdir(exist_ok=True)
    place.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    print(f"{target}: {len(found)} inputs found, {len(failures)} of them failed; {len(lines)} kept as tests")


def main() -> int:
    """Fuzz the targets named, or all."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(LONGEST)}; all by default")
    options.add_argument("--seconds", type=int, default=600, help="for each target (600)")
    options.add_argument("--corpus", type=Path, default=ROOT / ".cache/fuzz", help="where inputs gather (.cache/fuzz)")
    options.add_argument("--keep", action="store_true", help="write the inputs found as tests")
    chosen = options.parse_args()
    unknown = sorted({*chosen.targets} - {*LONGEST})
    if unknown:
        options.error(f"no target {unknown[0]}; there are {', '.join(LONGEST)}")
    if chosen.keep:
        for target in chosen.targets or LONGEST:
            keep(target, chosen.corpus)
        return 0
    sound = [fuzz(target, chosen.seconds, chosen.corpus) for target in chosen.targets or LONGEST]
    return 0 if all(sound) else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--only"]:
        run_one(sys.argv[2], sys.argv[4:])
    sys.exit(main())
