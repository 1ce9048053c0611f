"""Warm kernels: each run's kernel forked from one process that has everything imported already.

The server imports and never runs a cell; a kernel is forked from it before any ZMQ socket or event loop exists,
and goes with its run. Where fork is not to be had, ordinary kernels do the same more slowly.
"""
