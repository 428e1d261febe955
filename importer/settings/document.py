"""importer.toml: read, and held against its form.

No value that stands where a key is expected is ever shown.
"""

import re
import tomllib
from pathlib import Path

from pydantic import ValidationError

from importer.errors import SettingsError
from importer.regular import NO_FILE, NoFileError, open_regular
from importer.settings.entries import Document
from importer.settings.flaws import ACCOUNT_FORM, flaws_error

LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
MAX_BYTES = 64 * 1024  # an account takes 200: more is another kind of file
MOST_DOTS = 200  # in a line: what a name of n parts takes to read grows as n * n, in tomllib


def read_document(path: Path) -> Document:
    """Raises SettingsError: it can't be read, is no TOML, or says what can't be."""
    values = _parsed(path)
    try:
        return Document.model_validate(values)
    except ValidationError as error:
        found = error.errors(include_url=False)
    # Not chained: pydantic's words show what stands in the file.
    raise flaws_error(found, path)


def _parsed(path: Path) -> dict[str, object]:
    try:
        with open_regular(path) as file:
            data = file.read(MAX_BYTES + 1)
    except NoFileError as error:
        raise SettingsError(
            NO_FILE, where=str(path), fix="name a file of settings with --config"
        ) from error
    except OSError as error:
        raise SettingsError(
            f"the settings cannot be read: {error.strerror}",
            where=str(path),
            fix="make the file readable, or name another with --config",
        ) from error
    if len(data) > MAX_BYTES:
        raise SettingsError(
            f"the settings have more than {MAX_BYTES:,} bytes",
            where=str(path),
            fix="name the file of settings with --config, not the data",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(
            "the settings are not UTF-8 text", where=str(path), fix="save the file as UTF-8"
        ) from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_DOTS:
            raise SettingsError(
                f"the line has more than {MOST_DOTS} dots",
                where=f"{path}, line {number}",
                fix="write [accounts.NAME], and an account's lines below it",
            )
    return _loaded(text, path)


def _loaded(text: str, path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(str(error), path) from None
    except RecursionError:
        what = "lists or tables stand too deep in each other"
    except ValueError:  # of int, which tomllib passes on
        what = "a number has too many digits"
    raise SettingsError(f"this is no TOML of settings: {what}", where=str(path), fix=ACCOUNT_FORM)


def _syntax_error(words: str, path: Path) -> SettingsError:
    found = LINE.search(words)
    place = f"line {found[1]}" if found and found[1] else "at its end"
    words = LINE.sub("", words)
    return SettingsError(
        f"this is no TOML: {words[:1].lower()}{words[1:]}",
        where=f"{path}, {place}",
        fix='write name = "value", text in quotes, and [accounts.NAME] above an account\'s lines',
    )
