"""Commands about folders whose files are imported as they come."""

import click


@click.group()
def drops() -> None:
    """Import what comes into the folders that importer.toml names."""
