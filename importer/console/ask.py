"""A question to the person at the terminal, before something that can't be undone."""

import sys

import click

from importer.errors import SettingsError


def ask(question: str) -> bool:
    """Whether the answer was yes. Raises SettingsError: nobody is there to answer."""
    if not sys.stdin.isatty():
        raise SettingsError(
            "this asks first, and nobody is there to answer", fix="give --yes, if that is meant"
        )
    return click.confirm(question, err=True)
