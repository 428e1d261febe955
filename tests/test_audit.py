"""`make audit` says yes only where every pinned package was looked up."""

import json
from collections.abc import Sequence

import pytest

from tests.check_audit import CONSTRAINTS, found_wrong, main, pinned

PINS = {"httpx": "0.28.1", "pyyaml": "6.0.3"}
WHERE = "run it where https://pypi.org can be reached"


def answer(*packages: dict[str, object]) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


def sound(name: str) -> dict[str, object]:
    return {"name": name, "version": "1", "vulns": []}


def test_the_pins_are_read_by_the_names_of_the_registry() -> None:
    assert pinned("# a comment\nhttpx==0.28.1\nPyYAML==6.0.3\n") == PINS
    assert pinned("a_b.C==1") == {"a-b-c": "1"}
    assert "python-calamine" in pinned(CONSTRAINTS.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("out", "err", "told"),
    [
        (answer(sound("httpx"), sound("PyYAML")), "a warning", []),
        ("", "x\nConnectionError: no route", [f"ConnectionError: no route; {WHERE}"]),
        ("", "", [f"it said nothing; {WHERE}"]),
        (
            answer(sound("httpx")),
            "",
            [f"1 of 2 packages could not be looked up, pyyaml the first; {WHERE}"],
        ),
        (
            answer(
                {"name": "httpx", "skip_reason": "not found"},
                {"name": "pyyaml", "version": "6.0.3", "vulns": [
                    {"id": "PYSEC-1", "fix_versions": ["6.1", "7"]}, {"id": "GHSA-2"},
                ]},
            ),
            "",
            [
                f"1 of 2 packages could not be looked up, httpx the first (not found); {WHERE}",
                "pyyaml 6.0.3 has PYSEC-1, mended in 6.1 or 7: pin that",
                "pyyaml 6.0.3 has GHSA-2, mended in no version yet: pin that",
            ],
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_not_asked_is_wrong(
    out: str, err: str, told: Sequence[str]
) -> None:
    found = [
        each.removeprefix("pip-audit gave no answer: ") for each in found_wrong(PINS, out, err)
    ]
    assert found == told


def test_it_fails_where_nobody_answers_and_passes_where_all_is_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = pinned(CONSTRAINTS.read_text(encoding="utf-8"))
    assert main(lambda _: ("", "no network")) == 1
    assert capsys.readouterr().err.startswith("audit: pip-audit gave no answer: no network; run it")
    assert main(lambda _: (answer(*map(sound, names)), "")) == 0
    said = f"audit: {len(names)} packages are pinned, and none is known as unsafe\n"
    assert capsys.readouterr().out == said
