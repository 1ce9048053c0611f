"""Runs: reports and notebooks to a run folder, whole or told as failed.

Import the modules themselves; this one imports nothing, since ``folder`` is wanted where papermill is not.
"""
