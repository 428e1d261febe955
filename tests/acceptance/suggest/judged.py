"""Drafts of mappings, held against right answers that people wrote by hand.

A list NAME stands beside NAME.answers.yaml: which field each column belongs in (null: none; a list:
each of them is right), the account's own fields and users where it has any, and the value maps of
its drop-downs. The answers were written before any draft was made, and by others.
"""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from importer.fields import AccountFields, Field, FieldType, Person
from importer.intake.source.file import Reading
from importer.intake.source.open import open_source
from importer.intake.suggest.column import SPLIT
from importer.intake.suggest.draft import Head, columns_with_checks, written
from importer.intake.suggest.earlier import read_earlier
from importer.intake.suggest.sampling import look_at
from importer.intake.suggest.suggest import decide, make_draft
from importer.intake.suggest.target import STANDARD, Target
from importer.sandbox.fields import FIELDS

FOLDER = Path(__file__).parent
OPTIONS = {
    "Source": ("Trade Show", "Web", "Referral", "Direct"),
    "ProspectStage": ("Prospect", "Contacted", "Customer", "Disqualified"),
    "mx_Country": FIELDS["mx_Country"].options,
}
TYPES = {
    "text": FieldType.TEXT,
    "number": FieldType.NUMBER,
    "date": FieldType.DATE,
    "drop-down": FieldType.CHOICE,
}


@dataclass(frozen=True)
class Judged:
    """One column: what the draft says, and what is right."""

    column: str
    field: str | None
    right: tuple[str | None, ...]
    is_sure: bool
    why: str

    @property
    def is_right(self) -> bool:
        return self.field in self.right

    @property
    def is_wrong_and_sure(self) -> bool:
        return self.field is not None and not self.is_right and self.is_sure


@dataclass(frozen=True)
class JudgedList:
    """text: of the draft. choices: field and text in the file, to what the draft sends and what is
    right, where these differ."""

    name: str
    columns: tuple[Judged, ...]
    text: str
    choices: Mapping[tuple[str, str], tuple[str | None, str]]
    asked: int  # values for which an option is written down


def names(folder: Path) -> list[str]:
    return sorted(path.name.removesuffix(".answers.yaml") for path in folder.glob("*.answers.yaml"))


def answers_of(folder: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((folder / f"{name}.answers.yaml").read_text("utf-8"))
    return found


def account_of(answers: Mapping[str, Any]) -> AccountFields:
    """The vendor's standard fields, with the drop-downs that the answers speak of, and its own."""
    account = answers.get("account") or {}
    own = [
        Field(
            each["name"],
            each.get("display", each["name"]),
            TYPES[each.get("type", "text")],
            options=tuple(map(str, each.get("options") or ())),
        )
        for each in account.get("fields") or ()
    ]
    taken = {each.name for each in own}
    standard = [
        Field(each.name, each.display, _type(each), options=OPTIONS.get(each.name, ()))
        for each in STANDARD
        if each.name not in taken
    ]
    users = tuple(Person(u["id"], u["name"], u["email"]) for u in account.get("users") or ())
    return AccountFields("org", 0, (*standard, *own), users)


def _type(field: Field) -> FieldType:
    return FieldType.CHOICE if field.name in OPTIONS else field.type


def judge(
    folder: Path, name: str, *, knows_account: bool = True, known: AccountFields | None = None
) -> JudgedList:
    """known: the account, where it is another than the answers'."""
    answers = answers_of(folder, name)
    (file,) = (path for path in folder.glob(f"{name}.*") if not path.name.endswith(".yaml"))
    known = known or (account_of(answers) if knows_account else None)
    source = open_source(file, Reading())
    columns, _ = look_at(source, Reading())
    source.release()
    target = Target(known)
    decisions = decide(columns, target, read_earlier([], []))
    draft = make_draft(columns, decisions, target)
    text = written(draft, Head(schema="", about="a draft", commands=[], checks=[]))
    checks = columns_with_checks(draft)
    right = {
        str(column).strip(): _as_tuple(answer) for column, answer in answers["columns"].items()
    }
    judged = tuple(
        Judged(
            decision.column.name,
            decision.field or None,
            right[_header_of(decision.column, right)],
            not checks[place] and decision.is_sure,
            "; ".join([decision.why, *checks[place]]),
        )
        for place, decision in enumerate(decisions)
    )
    wrong, asked = _choices(yaml.safe_load(text), answers, judged, target)
    return JudgedList(name, judged, text, wrong, asked)


def _header_of(column: Any, right: Mapping[str, object]) -> str:
    """A repeated header's columns go by their letter in a draft."""
    return str(column.name if column.name in right else column.repeated or column.name)


def _as_tuple(answer: object) -> tuple[str | None, ...]:
    if isinstance(answer, list):
        return tuple(None if each is None else str(each) for each in answer)
    return (None if answer is None else str(answer),)


def _choices(
    draft: Any, answers: Mapping[str, Any], judged: tuple[Judged, ...], target: Target
) -> tuple[dict[tuple[str, str], tuple[str | None, str]], int]:
    """Value maps of fields that a column feeds, where there is an answer for the value. An option
    of the account stands for itself."""
    fed = {each.field for each in judged}
    made = dict(_made_choices(draft))
    wrong, asked = {}, 0
    for field, wanted in (answers.get("choices") or {}).items():
        if field not in fed:
            continue
        for text, option in wanted.items():
            asked += 1
            itself = str(text) if str(text) in target.options(field) else None
            sent = made.get((field, str(text)), itself)
            if sent != str(option):
                wrong[field, str(text)] = (sent, str(option))
    return wrong, asked


def _made_choices(draft: Any) -> Iterator[tuple[tuple[str, str], str]]:
    entries = [*(draft.get("columns") or {}).values()]
    entries += [{"field": name, **made} for name, made in (draft.get("fields") or {}).items()]
    for entry in entries:
        with contextlib.suppress(AttributeError):
            for text, option in (entry.get("choices") or {}).items():
                yield (entry["field"], str(text)), str(option)


__all__ = ["FOLDER", "SPLIT", "JudgedList", "judge", "names"]
