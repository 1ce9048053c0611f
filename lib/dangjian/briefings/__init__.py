"""Briefings: executed notebooks to pages of one file each, that open offline and run nothing.

The pages are made by the project's own template: the stock exporters load scripts from elsewhere and lose
charts. Whatever stands in a report is data here: every text is escaped, no HTML of an output is passed on.
"""

from __future__ import annotations

from dangjian.briefings.publish import Published, publish

__all__ = ["Published", "publish"]
