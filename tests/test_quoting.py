"""Words that a person copies into a shell arrive there as they were."""

import os
import subprocess

import pytest

from importer.console.line import one_line
from importer.quoting import joined, quoted, quoted_path

NAMES = [
    b"list.csv",
    b"it's a list.csv",
    b'say "hi" $HOME `id` !.csv',
    b"first\nsecond.csv",
    b"tab\there\\n.csv",
    b"red\x1b[31m.csv",
    b"it's\n'7'\\.csv",
    b"caf\xe9.csv",
    b"\xff\xfe1.csv",
    "vsc\u202e.csv".encode(),
    "ends\u2028here".encode(),
    "Zoë 山田.csv".encode(),
    "a\u00a0b\u200b\ufeff\u00ad.csv".encode(),
    "\U0001f468\u200d\U0001f469 \u3000.csv".encode(),
    b"",
]


@pytest.mark.parametrize("name", NAMES)
def test_bash_reads_the_word_that_was_meant(name: bytes) -> None:
    word = quoted(os.fsdecode(name))
    assert one_line(word) == word, "it is shown as it is to be typed"
    said = subprocess.run(["bash", "-c", f"printf %s {word}"], capture_output=True, check=True)
    assert said.stdout == name


def test_a_path_is_never_taken_for_an_option() -> None:
    assert quoted_path("-rf.csv") == "./-rf.csv"
    assert quoted_path("--help\n") == r"$'./--help\012'"
    assert quoted_path("a/-b.csv") == "a/-b.csv"


def test_several_words_stand_apart() -> None:
    assert joined(["importer", "run", "a b.csv"]) == "importer run 'a b.csv'"
