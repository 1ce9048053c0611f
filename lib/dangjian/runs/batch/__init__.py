"""Batches: jobs of ``briefings.toml`` to runs, each made again only when something it depends on has changed.

Import the modules themselves; this one imports nothing, so that a batch without work answers at once.
"""
