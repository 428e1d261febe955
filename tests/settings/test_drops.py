from pathlib import Path

import pytest

from importer.errors import SettingsError
from importer.settings import Drop, read_settings
from tests.settings.texts import ACCOUNT, said, write

DROP = """\
[[drops]]
name = "events"
folder = "inbox/events"
pattern = "*.csv"
mapping = "mappings/events.yaml"
"""
KEYS = (
    "name, folder, pattern, mapping, account, quiet_s, retry_failed, keep_going, sheet, header_row,"
    " range, encoding, delimiter, short_rows"
)
TABLE = "write [[drops]], and name, folder, pattern and mapping below it"


def refusal(path: Path) -> tuple[str, str | None, str | None]:
    with pytest.raises(SettingsError) as refused:
        read_settings({})
    what, where, fix = said(refused.value)
    assert where is not None
    return what, where.removeprefix(str(path)), fix


def test_a_drop_has_paths_that_count_from_the_folder_of_importer_toml(folder: Path) -> None:
    (folder / "etc").mkdir()
    write(folder / "etc" / "acme.toml", DROP)
    (found,) = read_settings({}, config="etc/acme.toml").drops
    place = folder / "etc"
    assert found == Drop(
        "events", place / "inbox/events", "*.csv", place / "mappings/events.yaml"
    ), "the rest is as without the key"


def test_absolute_paths_of_a_drop_stay_what_they_are(folder: Path, tmp_path: Path) -> None:
    text = DROP.replace("inbox/events", f"{tmp_path}/in")
    write(folder / "importer.toml", text.replace("mappings", f"{tmp_path}/m"))
    (found,) = read_settings({}).drops
    assert (found.folder, found.mapping) == (tmp_path / "in", tmp_path / "m" / "events.yaml")


def test_each_key_of_a_drop_is_read(folder: Path) -> None:
    rest = """
    account = "acme"
    quiet_s = 0.5
    retry_failed = 3
    keep_going = true
    sheet = "Attendees"
    header_row = 4
    range = "A4:D"
    encoding = "windows-1252"
    delimiter = "\\t"
    short_rows = "pad"
    """
    write(folder / "importer.toml", ACCOUNT + DROP + rest)
    assert read_settings({}).drops == (
        Drop(
            name="events",
            folder=folder / "inbox/events",
            pattern="*.csv",
            mapping=folder / "mappings/events.yaml",
            account="acme",
            quiet_s=0.5,
            retry_failed=3,
            keep_going=True,
            sheet="Attendees",
            header_row=4,
            area="A4:D",
            encoding="windows-1252",
            delimiter="\t",
            pads=True,
        ),
    )


def test_several_drops_come_in_the_order_of_the_file(folder: Path) -> None:
    text = "".join(DROP.replace('"events"', f'"{name}"') for name in ("b", "इवेंट (2)", "a"))
    write(folder / "importer.toml", text)
    assert [drop.name for drop in read_settings({}).drops] == ["b", "इवेंट (2)", "a"]


def test_two_drops_of_one_name_are_refused(folder: Path) -> None:
    between = DROP.replace('"events"', '"partners"')
    path = write(folder / "importer.toml", DROP + between + DROP.replace('"events"', '"Events"'))
    assert refusal(path) == (
        "[[drops]] number 1 has this name too (capitals do not count)",
        ", [[drops]] number 3, name",
        "give each a name of its own",
    )


@pytest.mark.parametrize(
    ("accounts", "fix"),
    [
        ("", "write [accounts.acm]; or leave account out, for the account of LSQ_HOST"),
        (ACCOUNT, 'did you mean "acme"? use one of: acme'),
    ],
)
def test_a_drop_of_an_account_that_there_is_not_is_refused(
    folder: Path, accounts: str, fix: str
) -> None:
    path = write(folder / "importer.toml", accounts + DROP + 'account = "acm"')
    assert refusal(path) == ('there is no account "acm"', ", [[drops]] number 1, account", fix)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("drops = 3", "drops is a single value, and no list of tables"),
        ('drops = "inbox"', "drops is a text, and no list of tables"),
        ("[drops]\nname = 'events'", "drops is a table, and no list of tables"),
        ("[drops.events]\nfolder = 'inbox'", "drops is a table, and no list of tables"),
    ],
)
def test_drops_that_are_no_list_of_tables_are_refused(folder: Path, text: str, what: str) -> None:
    path = write(folder / "importer.toml", text)
    assert refusal(path) == (what, ", drops", TABLE)


def test_a_drop_that_is_no_table_is_refused(folder: Path) -> None:
    path = write(folder / "importer.toml", 'drops = ["inbox"]')
    assert refusal(path) == ("this is a text, and no table", ", [[drops]] number 1", TABLE)


@pytest.mark.parametrize(
    ("name", "example"),
    [
        ("name", '"events"'),
        ("folder", '"inbox/events"'),
        ("pattern", '"*.csv"'),
        ("mapping", '"mappings/marketing_list.yaml"'),
    ],
)
def test_a_drop_without_a_key_that_it_needs_is_refused(
    folder: Path, name: str, example: str
) -> None:
    path = write(folder / "importer.toml", DROP + DROP.replace(name, f"# {name}"))
    what, place, fix = f"the drop has no {name}", f", [[drops]] number 2, {name}", example
    assert refusal(path) == (what, place, f"add {name} = {fix}")


NUMBER, WHOLE = "write a number, 0 or more", "write a whole number, 0 or more"


@pytest.mark.parametrize(
    ("name", "value", "shown", "fix"),
    [
        ("folder", "''", "folder is empty", 'write folder = "inbox/events"'),
        ("folder", r'"a\u0000"', r'folder is the text "a\u0000"', 'write folder = "inbox/events"'),
        ("mapping", "3", "mapping is 3", 'write mapping = "mappings/marketing_list.yaml"'),
        ("pattern", "['*.csv']", "pattern is a list", 'write pattern = "*.csv"'),
        ("account", "{}", "account is a table", 'write account = "acme"'),
        ("quiet_s", "-1", "quiet_s is -1", NUMBER),
        ("quiet_s", '"5"', 'quiet_s is the text "5"', NUMBER),
        ("quiet_s", "nan", "quiet_s is nan", NUMBER),
        ("retry_failed", "1.5", "retry_failed is 1.5", WHOLE),
        ("retry_failed", "true", "retry_failed is true", WHOLE),
        (
            "keep_going",
            '"yes"',
            'keep_going is the text "yes"',
            "write keep_going = true, or false",
        ),
        ("keep_going", "1", "keep_going is 1", "write keep_going = true, or false"),
        ("sheet", "2", "sheet is 2", 'write sheet = "Attendees", or "2" for the second'),
        ("header_row", "0", "header_row is 0", "write a whole number, 1 or more"),
        ("range", "' '", "range is empty", 'write range = "A3:D20"'),
        ("encoding", "8", "encoding is 8", 'write encoding = "windows-1252"'),
        ("delimiter", "''", "delimiter is empty", 'write delimiter = "semicolon"'),
        (
            "short_rows",
            '"fill"',
            'short_rows is the text "fill"',
            "write one of: refuse, pad",
        ),
        (
            "name",
            '"a/b"',
            'name is the text "a/b", which has signs that a name can\'t have',
            "use letters, digits, spaces, and of other signs ( ) + - . _",
        ),
        (
            "pattern",
            '"events/*.csv"',
            'pattern is the text "events/*.csv": it is of a file\'s name alone, and has no folders',
            'write the path as folder, and pattern = "*.csv"',
        ),
        (
            "patern",
            '"*.csv"',
            'unknown key "patern"',
            f'did you mean "pattern"? use one of: {KEYS}',
        ),
        ("when", "3", 'unknown key "when"', f"use one of: {KEYS}"),
    ],
)
def test_a_value_that_a_drop_can_t_have_is_refused_with_its_place_and_the_choices(
    folder: Path, name: str, value: str, shown: str, fix: str
) -> None:
    lines = [line for line in DROP.splitlines() if not line.startswith(f"{name} =")]
    path = write(folder / "importer.toml", "\n".join([*lines, f"{name} = {value}"]))
    assert refusal(path) == (shown, f", [[drops]] number 1, {name}", fix)


def test_all_flaws_of_drops_and_notices_are_said_at_once(folder: Path) -> None:
    text = "[[drops]]\nname = 'a'\nquiet_s = -1\n[notices]\nwhen = 'never'\nurls = ['https://x']\n"
    write(folder / "importer.toml", text)
    with pytest.raises(SettingsError) as refused:
        read_settings({})
    assert [line.partition(";")[0] for line in refused.value.lines] == [
        "the settings have 6 errors:",
        "  [[drops]] number 1, folder: the drop has no folder",
        "  [[drops]] number 1, pattern: the drop has no pattern",
        "  [[drops]] number 1, mapping: the drop has no mapping",
        "  [[drops]] number 1, quiet_s: quiet_s is -1",
        "  notices.urls: an address stands in the file itself",
        '  notices.when: when is the text "never"',
    ]
