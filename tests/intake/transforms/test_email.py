import email_validator
import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import example, given
from hypothesis import strategies as st

from importer.intake.transforms.email import OTHERWISE, REASONS, RESERVED, TOO_LONG, email
from importer.intake.transforms.text import EDGES
from importer.model import Problem

LOCALS = st.text(st.sampled_from("abzAZ019._+-'!#%&é\"@ "), max_size=12)
LABELS = st.one_of(
    st.text(st.sampled_from("abzAZ019-é"), max_size=8),
    st.sampled_from(
        ("xn--mnchen-3ya", "xn--a", "ab--c", "x" * 63, "x" * 64, "example", "..", "。")
    ),
)
LASTS = st.sampled_from(
    ("com", "in", "Com", "c", "c1", "test", "TEST", "local", "localhost", "onion", "arpa", "дети")
)
MADE = st.builds(
    lambda local, labels, last: f"{local}@{'.'.join([*labels, last])}",
    st.one_of(LOCALS, st.sampled_from(("Info", "SALES", "postmaster", "x" * 250))),
    st.lists(LABELS, max_size=4),
    LASTS,
)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("anna@example.com", "anna@example.com"),
        ("Anna.Kumar@Example.COM", "Anna.Kumar@example.com"),
        ("anna+list@example.co.in", "anna+list@example.co.in"),
        ("a@b.co", "a@b.co"),
        ("a_b-c@d-e.org", "a_b-c@d-e.org"),
        ("o'neil@example.com", "o'neil@example.com"),
        ("1234567890@qq.com", "1234567890@qq.com"),
        ("!#$%&'*+-/=?^_`{|}~@example.com", "!#$%&'*+-/=?^_`{|}~@example.com"),
        ("anna@mail.example.com", "anna@mail.example.com"),
        ("anna@example.museum", "anna@example.museum"),
        ("anna@123.com", "anna@123.com"),
        ("INFO@example.com", "info@example.com"),
        ("Sales@example.com", "sales@example.com"),
        ("  anna@example.com\n", "anna@example.com"),
        ("\u00a0anna@example.com\u200b", "anna@example.com"),
        ("\u202aanna@example.com\u202c", "anna@example.com"),
        ("josé@example.com", "josé@example.com"),
        ("jose\u0301@example.com", "josé@example.com"),
        ("anna@münchen.de", "anna@münchen.de"),
        ("anna@xn--mnchen-3ya.de", "anna@münchen.de"),
        ("用户@例子.公司", "用户@例子.公司"),
        (f"{'x' * 64}@example.com", f"{'x' * 64}@example.com"),
        ("", ""),
        ("  ", "  "),
        ("\u200b", ""),
    ],
)
def test_addresses_come_out_as_the_library_writes_them(cell: str, value: str) -> None:
    assert email(cell) == value


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("anna", "there is no @ in it; write it as anna@example.com"),
        ("anna.example.com", "there is no @ in it; write it as anna@example.com"),
        ("anna＠example.com", "there is no @ in it; write it as anna@example.com"),
        ("N/A", "there is no @ in it; write it as anna@example.com"),
        ("mailto:anna@example.com", "it begins with mailto:; remove that"),
        (
            "Anna <anna@example.com>",
            "there are < > in it; write the address alone, as anna@example.com",
        ),
        (
            "<anna@example.com>",
            "there are < > in it; write the address alone, as anna@example.com",
        ),
        ("a@example.com, b@example.com", "there is more than one @ in it; keep one address"),
        ("a@example.com;b@example.com", "there is more than one @ in it; keep one address"),
        ("a@@example.com", "there is more than one @ in it; keep one address"),
        ("anna@example.com.", "it ends with a dot, comma, colon or semicolon; remove it"),
        ("anna@example.com,", "it ends with a dot, comma, colon or semicolon; remove it"),
        ("anna kumar@example.com", "there is a space or line break in it; remove it"),
        ("anna@ example.com", "there is a space or line break in it; remove it"),
        ("anna\nkumar@example.com", "there is a space or line break in it; remove it"),
        ("an\u200bna@exa\u200bmple.com", "there is an invisible sign in it; type it again"),
        ("anna\x00@example.com", "there is an invisible sign in it; type it again"),
        ("@example.com", "nothing stands before the @; write it as anna@example.com"),
        ("anna@", "nothing stands behind the @; write it as anna@example.com"),
        ("anna..kumar@example.com", "a dot in it has no text beside it; remove it"),
        (".anna@example.com", "a dot in it has no text beside it; remove it"),
        ("anna.@example.com", "a dot in it has no text beside it; remove it"),
        ("anna@.example.com", "a dot in it has no text beside it; remove it"),
        ("anna@localhost", "its domain has no dot; write it as anna@example.com"),
        ("anna@gmail", "its domain has no dot; write it as anna@example.com"),
        (
            "anna@something.test",
            "its domain takes no mail from outside; write one that does, as in anna@example.com",
        ),
        (
            "anna@printer.LOCAL",
            "its domain takes no mail from outside; write one that does, as in anna@example.com",
        ),
        (f"{'x' * 250}@example.com", TOO_LONG),
        ("anna@example,com", "its domain has no dot; write it as anna@example.com"),
        ("anna@-example.com", OTHERWISE),
        ("anna@192.168.1.1", OTHERWISE),
        ("anna@[192.168.1.1]", OTHERWISE),
        ('"anna"@example.com', OTHERWISE),
        ("anna(work)@example.com", OTHERWISE),
        (f"anna@{'x' * 64}.com", OTHERWISE),
    ],
)
def test_what_is_no_address_is_refused_with_what_to_do(cell: str, why: str) -> None:
    assert email(cell) == Problem("bad_email", why, value=cell)


def library(cell: str) -> str | None:
    """Its answer, whatever the importer's own road is."""
    text = cell.strip(EDGES)
    if not text:
        return cell if cell.isspace() else ""
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


@given(st.one_of(MADE, st.emails(), st.text()))
@example("a@b.c")
@example("Abuse@example.com")
@example("a@xn--p1ai")
@example("a@ab--cd.com")
@example(f"a@{'x.' * 126}com")
@example(f"{'x' * 242}@example.com")
@example(f"{'x' * 243}@example.com")
def test_the_answer_is_the_librarys(cell: str) -> None:
    answer = email(cell)

    assert (answer if isinstance(answer, str) else None) == library(cell)


@given(st.one_of(MADE, st.emails()))
def test_what_was_accepted_passes_again_unchanged(cell: str) -> None:
    answer = email(cell)

    if isinstance(answer, str):
        assert email(answer) == answer


def test_every_reserved_domain_is_refused() -> None:
    assert {"test", "local", "localhost", "invalid"} <= RESERVED
    for name in email_validator.SPECIAL_USE_DOMAIN_NAMES:
        assert isinstance(email(f"anna@mail.{name}"), Problem)


def test_no_reason_is_given_that_another_one_hides() -> None:
    cells = ["anna", "mailto:a@b.c1", "<a@b.c1>", "a@b@c", "a@b.c1.", "a @b.c1", "\x00a@b.c1"]
    cells += ["@b.c1", "a@", "a..b@b.c1", "a@b", "a@b.test"]
    found = [next(why for form, why in REASONS if form.fullmatch(cell)) for cell in cells]

    assert found == [why for _, why in REASONS]
