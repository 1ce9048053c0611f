"""The group of commands, and the one place where errors become lines and exit codes."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from dangjian.cli.remarks import remark
from dangjian.errors import DangjianError

COMMANDS = {
    "extract": "extract",
    "text": "extract",
    "explain": "extract",
    "run": "run",
    "schedule": "schedule",
    "check": "check",
    "corpus": "corpus",
    "evaluate": "evaluate",
    "unbound": "unbound",
    "kernels": "kernels",
    "doctor": "doctor",
}
"""Each command and the module of this room that holds it; the order is that of the help page."""


class _ReaderGone(Exception):
    """Whoever read our output has closed it."""


class _Commands(click.Group):
    """A group that imports a command's module when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"dangjian.cli.{COMMANDS[cmd_name]}"), f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise _ReaderGone from None  # click would make an exit code of 1 of it

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from dangjian.errors import UnknownNameError

            raise click.UsageError(str(UnknownNameError("command", args[0], COMMANDS)), ctx)
        return super().resolve_command(ctx, args)


def _version(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        import dangjian

        click.echo(f"dangjian {dangjian.__version__}")
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Show the version.")
def commands() -> None:
    """Read Chinese party work reports: every number with its bounds, its indicator, its place."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and give its exit code; never a traceback for what users can cause."""
    try:
        outcome: Any = commands.main(args=arguments, prog_name="dangjian", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as fault:
        click.echo(fault.format_message(), err=True)
        return 2
    except click.ClickException as fault:
        fault.show()
        return fault.exit_code
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except (click.Abort, KeyboardInterrupt):
        remark("stopped")
        return 130
    except (_ReaderGone, BrokenPipeError):
        # The reader of our output has gone (`| head`): not an error, and nothing more can be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except DangjianError as fault:
        remark(str(fault))
        return 1
    except OSError as fault:
        where = f"{fault.filename}: " if fault.filename else ""
        remark(f"{where}{fault.strerror or fault}; check the name, the permissions and the free space")
        return 1
    except ModuleNotFoundError as fault:
        if (fault.name or "").startswith("dangjian"):
            raise
        remark(f"the package {fault.name!r} is missing; `dangjian doctor` says what works without it")
        return 1
    return outcome if isinstance(outcome, int) else 0
