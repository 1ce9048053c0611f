"""References of a PDF that lead back to themselves: pdfminer follows them for ever."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def stop_at_loops() -> None:
    """Make pdfminer take a reference that comes back to itself for one that leads nowhere."""
    from pdfminer.pdftypes import PDFObjRef

    once = PDFObjRef.resolve

    def resolve(self: Any, default: object = None) -> Any:
        """What a reference stands for in the end, ``default`` where that is itself."""
        seen, found = {self.objid}, once(self, default)
        while isinstance(found, PDFObjRef):
            if found.objid in seen:
                return default
            seen.add(found.objid)
            found = once(found, default)
        return found

    PDFObjRef.resolve = resolve  # type: ignore[method-assign]
