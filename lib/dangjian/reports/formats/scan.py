"""Scanned pages: their pictures drawn and their characters recognised, with how sure that was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from dangjian.reports.formats.rows import Row, Sheet

DPI = 200
THREADS = 2


@cache
def _engine() -> Any:
    import rapidocr

    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def recognise(data: bytes, numbers: Sequence[int], progress: Callable[[], None]) -> dict[int, Sheet]:
    """The pages of these numbers, counted from 1, as rows.

    Raises:
        ModuleNotFoundError: the packages of the extra ``ocr`` are not installed.
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
            sheets[number] = Sheet(number, width, height, tuple(_rows(engine(picture), number, scale)))
            page.close()
    finally:
        document.close()
    return sheets


def _rows(found: Any, number: int, scale: float) -> list[Row]:
    if found.txts is None or found.boxes is None:
        return []
    rows = []
    for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        across, down = [float(point[0]) / scale for point in box], [float(point[1]) / scale for point in box]
        top, bottom = min(down), max(down)
        rows.append(
            Row(number, min(across), max(across), top, bottom, text, 0.8 * (bottom - top), round(float(score), 3))
        )
    return rows
