"""Warm kernels for Jupyter's own tools: the kernel's name where they look, and a server that stands."""

from __future__ import annotations

import os
import sys

import click

from dangjian.cli.remarks import remark, shown
from dangjian.errors import DangjianError


@click.group("kernels")
def kernels_command() -> None:
    """Kernels that start with everything imported, for papermill and JupyterLab: papermill -k dangjian-warm."""


@kernels_command.command("install")
@click.option("--user", is_flag=True, help="Into the user's folder; default: into this Python's environment.")
@click.option("--prefix", help="Into another environment.")
def install_command(user: bool, prefix: str | None) -> int:
    """Put the kernel dangjian-warm where Jupyter looks for kernels."""
    from dangjian.runs.warm.kernelspec import install

    sys.stdout.write(shown(str(install(user=user, prefix=prefix))) + "\n")
    return 0


@kernels_command.command("serve")
@click.option(
    "--idle", type=click.FloatRange(min=1), default=3600, show_default=True, help="End after so many seconds unasked."
)
def serve_command(idle: float) -> int:
    """Keep one server for all commands of this user and environment, until Ctrl-C.

    Without it each process that asks for a kernel starts a server of its own, which pays from the second run on.
    An edit of the library or a change of packages makes new commands pass it by: start it anew then.
    """
    from dangjian.runs.warm import client, likeness

    if not client.can_fork():
        raise DangjianError("kernels are forked on Linux alone; ordinary kernels run here, some seconds slower each")
    environment = dict(os.environ)
    code = likeness.code()
    if client.standing(environment, code) is not None:
        raise DangjianError("a server for this environment stands already")
    place = client.standing_place(environment, code)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    remark(f"serving kernels at {place}; Ctrl-C ends it")
    command = [sys.executable, "-m", "dangjian.runs.warm.server", str(place), "--idle", str(idle)]
    sys.stderr.flush()
    os.execve(sys.executable, command, client.launch_environment(environment))
