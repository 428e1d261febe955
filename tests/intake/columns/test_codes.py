from collections import Counter

from importer.intake.columns.codes import REMEMBERED, Codes


def test_each_text_is_classified_once_and_counted_as_often_as_it_comes() -> None:
    asked: list[str] = []

    def kind(text: str) -> str:
        asked.append(text)
        return text[:1]

    codes = Codes(kind, longest=3)
    for texts in (["aa", "ab", "aa"], [], ["b", "aa", "long", "long"]):
        codes.add(texts)

    assert codes.counts() == Counter(a=4, b=1, l=2)
    assert asked == ["aa", "ab", "b", "long", "long"]


def test_what_is_remembered_does_not_grow_with_the_list() -> None:
    codes: Codes[str, int] = Codes(len, longest=10)
    codes.add(map(str, range(3 * REMEMBERED)))

    assert len(codes) <= REMEMBERED
    assert codes.counts().total() == 3 * REMEMBERED
