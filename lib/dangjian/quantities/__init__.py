"""Quantities: each number of a report with its unit, read where it stands, as bounds."""

from dangjian.quantities.masks import MaskReading, read_masks
from dangjian.quantities.quantity import LeftOut, Quantity, Scan
from dangjian.quantities.scan import scan

__all__ = ["LeftOut", "MaskReading", "Quantity", "Scan", "read_masks", "scan"]
