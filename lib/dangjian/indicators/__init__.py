"""Indicators: the catalogue, and the binding of each quantity to what it measures."""

from dangjian.indicators.catalogue import Catalogue, Indicator, load_catalogue
from dangjian.indicators.explain import explain
from dangjian.indicators.extract import extract
from dangjian.indicators.observation import Extraction, Observation

__all__ = ["Catalogue", "Extraction", "Indicator", "Observation", "explain", "extract", "load_catalogue"]
