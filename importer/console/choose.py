"""Which of several fields a column is: a question to the person at the terminal."""

import sys

import click

from importer.console.ask import heard
from importer.console.line import one_line
from importer.errors import SettingsError
from importer.shown import Asked


def refuse_no_terminal() -> None:
    """Raises SettingsError: nobody is there to answer."""
    if not sys.stdin.isatty():
        raise SettingsError(
            "--ask goes through the unsure columns with you, and there is no terminal to ask at",
            fix='leave --ask out, and look at the lines with "check:" in the mapping',
        )


def choose(asked: Asked) -> str:
    """One of the choices, or a schema name that is known; "" for none of them.

    Raises SettingsError: nobody is there to answer. InterruptedRunError: Ctrl-C was the answer.
    """
    refuse_no_terminal()
    for line in question_lines(asked):
        click.echo(one_line(line), err=True)
    with heard("stopped at the question; nothing was written"):
        answer = click.prompt(
            "number or schema name" if asked.known else "number",
            value_proc=lambda text: answered(asked, text),
            default="1" if asked.choices else "0",
            err=True,
        )
    return str(answer)


def answered(asked: Asked, text: str) -> str:
    """What is meant by it. Raises click.UsageError: nothing is."""
    text = text.strip()
    if text.isdecimal():
        if int(text) > len(asked.choices):
            raise click.UsageError(f"{text} is none of the numbers: give {_allowed(asked)}")
        return asked.choices[int(text) - 1] if int(text) else ""
    named = {each.casefold(): each for each in (*asked.choices, *asked.known)}.get(text.casefold())
    if named and named in asked.fed:
        by = f'"{asked.fed[named]}"'
        raise click.UsageError(f"{named} is fed by {by} already: give {_allowed(asked)}")
    if named:
        return named
    near = asked.nearest(text)
    meant = f'; did you mean "{near}"?' if near else ""
    what = "no number and no schema name of the account" if asked.known else "no number"
    what = "no schema name of the account" if near else what
    raise click.UsageError(f'"{text}" is {what}{meant or "."} Give {_allowed(asked)}')


def _allowed(asked: Asked) -> str:
    last = len(asked.choices)
    numbers = "0" if not last else f"a number from 0 to {last}"
    return f"{numbers}, or a schema name" if asked.known else numbers


def question_lines(asked: Asked) -> list[str]:
    examples = ", ".join(f'"{text[:40]}"' for text in asked.examples)
    such_as = f", such as {examples}" if examples else ""
    return [
        f'"{asked.column}"{such_as}: {asked.why}',
        *(f"  {number}  {choice}" for number, choice in enumerate(asked.choices, start=1)),
        f"  0  {asked.none}",
    ]
