"""The option by which commands that read files take other limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click


def _read(ctx: click.Context, param: click.Parameter, settings: tuple[str, ...]) -> Any:
    from dangjian.errors import DangjianError
    from dangjian.reports.limits import read_limits

    try:
        return read_limits(settings)
    except DangjianError as fault:
        raise click.BadParameter(str(fault)) from None


def limit_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option ``--limit``, the same in every command that reads files; it gives ``limits``."""
    return click.option(
        "--limit",
        "limits",
        multiple=True,
        metavar="NAME=VALUE",
        callback=_read,
        help="Another limit for each file, such as seconds=60 or file=200MB; `dangjian doctor` lists them.",
    )(command)
