from importer.console.choose import question_lines
from importer.console.suggestion import suggestion_lines, suggestion_object, table_lines
from importer.shown import Asked, SuggestedColumn, Suggestion

COLUMNS = [
    SuggestedColumn("E-Mail", "EmailAddress", 0.98, True, "the name", ["email"]),
    SuggestedColumn("Note\nof ours, which is a very long name", "Notes", 0.7, False, "is it?", []),
    SuggestedColumn("Id", "", 0.0, True, "an id", []),
]
TABLE = [
    "  E-Mail                          -> EmailAddress   98% sure   the name",
    "  Note of ours, which is a very…  -> Notes          70% check  is it?",
    "  Id                              -                left out    an id",
    "  the account asks for mx_Program, and no column feeds it",
    "1 sure, 1 to check, 1 left out",
]


def made(mapping: str | None) -> Suggestion:
    return Suggestion(
        file="/a/list.csv",
        name="list.csv",
        found=["3 columns", "UTF-8"],
        columns=COLUMNS,
        missing=["mx_Program"],
        checks=[],
        text="version: 1\n",
        mapping=mapping,
        is_known=True,
        commands=["importer preview list.csv -m m.yaml", "importer run list.csv -m m.yaml"],
    )


def test_what_was_written_is_told_as_a_table() -> None:
    assert list(suggestion_lines(made("/a/m.yaml"))) == [
        "list.csv: 3 columns, UTF-8",
        *TABLE,
        "mapping: /a/m.yaml",
        'next: look at the lines with "check:" in it',
        "next: importer preview list.csv -m m.yaml",
    ]


def test_what_was_written_nowhere_is_shown_itself() -> None:
    assert list(suggestion_lines(made(None))) == ["version: 1"]
    assert list(table_lines(made(None))) == TABLE


def test_the_object_has_null_where_there_is_no_field() -> None:
    told = suggestion_object(made(None))
    assert told["mapping"] is None
    assert told["columns"] == [
        {
            "column": "E-Mail",
            "field": "EmailAddress",
            "confidence": 0.98,
            "sure": True,
            "reason": "the name",
            "transforms": ["email"],
        },
        {
            "column": COLUMNS[1].column,
            "field": "Notes",
            "confidence": 0.7,
            "sure": False,
            "reason": "is it?",
            "transforms": [],
        },
        {
            "column": "Id",
            "field": None,
            "confidence": 0.0,
            "sure": True,
            "reason": "an id",
            "transforms": [],
        },
    ]


def test_a_question_has_values_and_numbers() -> None:
    asked = Asked("Tel", ["1", "2"], ["Phone", "Mobile"], "leave it out", "which?")
    assert question_lines(asked) == [
        '"Tel", such as "1", "2": which?',
        "  1  Phone",
        "  2  Mobile",
        "  0  leave it out",
    ]
