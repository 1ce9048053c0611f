"""Scanned pages: their pictures drawn and their characters recognised, with how sure that was."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from statistics import median
from typing import Any

from dangjian.reports.formats.reading import Unreadable
from dangjian.reports.formats.sheets import Row, Sheet

DPI = 150
"""More is no better read, and takes more memory than the limit gives."""
THREADS = 2
_BRACKETS = re.compile(r"[(（]([^()（）\u4e00-\u9fff]*+[\u4e00-\u9fff][^()（）]*+)[)）]")
_BESIDE = re.compile(
    r"(?<=[\u4e00-\u9fff）”])[,:;?!](?!\d)|(?<=[\d%‰])[,:;](?=[\u4e00-\u9fff“（]|$)|[,](?=[\u4e00-\u9fff])"
)
WIDE = dict(zip(",:;?!", "，：；？！", strict=True))


@cache
def _engine() -> Any:
    import rapidocr

    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Rec.rec_batch_num": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,  # it keeps what the largest line needed
        }
    )


def recognise(data: bytes, numbers: Sequence[int], progress: Callable[[], None]) -> dict[int, Sheet]:
    """The pages of these numbers, counted from 1, as rows.

    Raises:
        ModuleNotFoundError: the packages of the extra ``ocr`` are not installed.
        Unreadable: a page cannot be recognised.
    """
    engine = _engine()
    import pypdfium2

    sheets: dict[int, Sheet] = {}
    document = pypdfium2.PdfDocument(data)
    try:
        for number in numbers:
            progress()
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(DPI / 72, 3000 / max(width, height))  # a page of poster size would fill the memory
            picture = page.render(scale=scale, grayscale=False).to_numpy()
            try:
                found = engine(picture)
            except Exception:  # the engine's own errors, most often memory that it was not given
                raise Unreadable(f"a scan; page {number} took more memory than there is (limit `memory`)") from None
            sheets[number] = Sheet(number, width, height, tuple(_rows(found, number, scale)))
            page.close()
    finally:
        document.close()
    return sheets


def fullwidth(text: str) -> str:
    """The text with the brackets, commas and colons of Chinese in full width, which pictures do not tell apart.

    >>> fullwidth("(一)党员12,345名,占28.5%:")
    '（一）党员12,345名，占28.5%：'
    """
    text = _BRACKETS.sub(lambda found: f"（{found[1]}）", text)
    return _BESIDE.sub(lambda found: WIDE[found[0]], text)


def _rows(found: Any, number: int, scale: float) -> list[Row]:
    if found.txts is None or found.boxes is None:
        return []
    rows = []
    heights = [max(point[1] for point in box) - min(point[1] for point in box) for box in found.boxes]
    usual = 0.8 * float(median(heights)) / scale
    for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        across, down = [float(point[0]) / scale for point in box], [float(point[1]) / scale for point in box]
        top, bottom = min(down), max(down)
        size = 0.8 * (bottom - top)
        size = usual if 0.65 * usual < size < 1.5 * usual else size  # a line of 一 and 、 makes a low box
        rows.append(Row(number, min(across), max(across), top, bottom, fullwidth(text), size, round(float(score), 3)))
    return rows
