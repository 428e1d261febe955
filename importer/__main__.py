"""`python -m importer`, and the command `importer`."""

import io
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from importer.cli.group import cli


def main() -> int:
    """Run one command; the exit code also for options that click refuses."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # what it can't encode is shown as \u….
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(prog_name="importer", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 2
    except click.ClickException as error:
        from importer.console.console import Console
        from importer.errors import SettingsError

        mend = SettingsError(error.format_message(), fix=_way_out(error, sys.argv[1:]))
        return Console(as_json="--json" in sys.argv).fail(mend)
    except click.Abort:
        return 130
    except Exception as bug:  # outside of a command's work, which has a boundary of its own
        from importer.console.console import Console

        console = Console(as_json="--json" in sys.argv)
        return console.fail(console.bug(bug))
    return code if isinstance(code, int) else 0


def _way_out(error: click.ClickException, words: Sequence[str]) -> str:
    """The command's help; or how to name a file whose name begins as an option does."""
    from importer.quoting import quoted_path

    files = (word for word in words if word.startswith("-") and Path(word).is_file())
    if (name := next(files, None)) is not None:
        return f"write {quoted_path(name)}, if that file is meant"
    context = getattr(error, "ctx", None)
    return f"{context.command_path if context else _command_in(words)} --help"


def _command_in(words: Sequence[str]) -> str:
    """What click does not tell of an option without its value: "importer drops run"."""
    command: click.Command = cli
    path = "importer"
    for word in words:
        if not isinstance(command, click.Group) or word not in command.commands:
            break
        command, path = command.commands[word], f"{path} {word}"
    return path


if __name__ == "__main__":
    sys.exit(main())
