import pytest

from importer.intake.transforms.fix_text import fix_text


@pytest.mark.parametrize(
    ("cell", "mended"),
    [
        ("MÃ¼ller", "Müller"),
        ("MÃƒÂ¼ller", "Müller"),
        ("naÃ¯ve", "naïve"),
        ("â€œquotedâ€\x9d", "“quoted”"),
        ("Tom &amp; Anna", "Tom & Anna"),
        ("&amp;amp;", "&"),
        ("O&#39;Neil", "O'Neil"),
        ("sch&ouml;n", "schön"),
        ("a&nbsp;b", "a b"),
        ("a&amp;#8203;b", "ab"),
        ("An\u200bna", "Anna"),
        ("\ufeffAnna\u200e", "Anna"),
        ("An\xadna", "Anna"),
        ("Anna\u202e", "Anna"),
        ("Anna\xa0Berg", "Anna Berg"),
        ("a\x00b\x07", "ab"),
        ("cafe\u0301", "café"),
    ],
)
def test_damage_is_mended(cell: str, mended: str) -> None:
    assert fix_text(cell) == mended


@pytest.mark.parametrize(
    "cell",
    [
        "Müller",
        "“Hi”, it’s",
        "Ｔｏｋｙｏ",
        "ﬁne",
        "a\r\nb\nc\td",
        "SÃO PAULO",
        "Ã",
        "AT&T",
        "R&D <a@b.c>",
        "क्\u200dष",
        "👨\u200d👩\u200d👧",
        "\ufffd",
        "half \ud83d",
        "Łódź, Jānis, Ünal",
        "",
        " \t",
        "\xa0",
    ],
)
def test_what_people_mean_stays(cell: str) -> None:
    assert fix_text(cell) == cell
