"""Which of several fields a column is: a question to the person at the terminal."""

import signal
import sys

import click

from importer.console.line import one_line
from importer.errors import InterruptedRunError, SettingsError
from importer.shown import Asked


def refuse_no_terminal() -> None:
    """Raises SettingsError: nobody is there to answer."""
    if not sys.stdin.isatty():
        raise SettingsError(
            "--ask goes through the unsure columns with you, and there is no terminal to ask at",
            fix='leave --ask out, and look at the lines with "check:" in the mapping',
        )


def choose(asked: Asked) -> int | None:
    """The place of the field, None for none: then the column is left out.

    Raises SettingsError: nobody is there to answer. InterruptedRunError: Ctrl-C was the answer.
    """
    refuse_no_terminal()
    for line in question_lines(asked):
        click.echo(one_line(line), err=True)
    # A run's own handler only notes the signal, and a question would wait on.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        answer = click.prompt(
            "number", type=click.IntRange(0, len(asked.fields)), default=1, err=True
        )
    except click.Abort as error:
        raise InterruptedRunError(
            signal.SIGINT, "stopped at the question; nothing was written", fix="run it again"
        ) from error
    finally:
        signal.signal(signal.SIGINT, before)
    return int(answer) - 1 if answer else None


def question_lines(asked: Asked) -> list[str]:
    examples = ", ".join(f'"{text[:40]}"' for text in asked.examples)
    return [
        f'"{asked.column}", such as {examples}: {asked.why}',
        *(f"  {number}  {field}" for number, field in enumerate(asked.fields, start=1)),
        "  0  leave it out",
    ]
