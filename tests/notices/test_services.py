"""A notice by apprise, to a server of this machine."""

import pytest
from apprise import NotifyImageSize, NotifyType

from importer.notices.errands import run_all
from importer.notices.services import FIX, errands, service_of
from importer.notices.summary import Notice
from tests.notices.conftest import Server

NOTICE = Notice("importer: please look", "A person should *look*: _a_ <b> :smile: \\n [x](y)", 1)
NUMBER_1 = "number 1 of urls in [notices]"


def told(urls: list[str], notice: Notice = NOTICE, patience_s: float = 5) -> list[tuple[str, ...]]:
    """Where, what and how to mend it, of each that did not work."""
    found = run_all(errands(urls, notice), patience_s)
    return [(errand.where, what, errand.fix) for errand, what in found]


def test_a_service_gets_title_and_text_as_they_are(server: Server) -> None:
    assert told([f"json://{server.host}/x"]) == []
    (found,) = server.notices()
    assert {key: found[key] for key in ("title", "message", "type")} == {
        "title": NOTICE.title,
        "message": NOTICE.body,
        "type": "warning",
    }


@pytest.mark.parametrize(("code", "kind"), [(0, "success"), (75, "warning"), (2, "failure")])
def test_the_kind_of_a_notice_goes_by_the_exit_code(server: Server, code: int, kind: str) -> None:
    told([f"json://{server.host}"], Notice("t", "b", code))
    assert [found["type"] for found in server.notices()] == [kind]


def test_each_service_is_told_though_another_fails(server: Server, dead_host: str) -> None:
    urls = [f"json://user:s3cret@{dead_host}/s3cret", f"json://{server.host}"]
    assert told(urls) == [(NUMBER_1, "JSON could not be reached", FIX)]
    assert len(server.got) == 1


def test_what_a_service_answers_is_said(server: Server) -> None:
    server.status = 403
    assert told([f"json://{server.host}/s3cret"]) == [(NUMBER_1, "JSON answered with 403", FIX)]


def test_a_service_that_never_answers_is_waited_for_no_longer(silent_host: str) -> None:
    assert told([f"json://{silent_host}/s3cret?rto=600"], patience_s=0.1) == [
        (NUMBER_1, "no answer within 0.1 seconds", FIX)
    ]


def test_a_service_has_short_timeouts_whatever_its_address_says(silent_host: str) -> None:
    service = service_of(f"json://{silent_host}/?rto=600&cto=600")
    assert service is not None
    assert service.request_timeout == (4.0, 4.0)
    quick = service_of(f"json://{silent_host}/?rto=1&cto=2")
    assert quick is not None
    assert quick.request_timeout == (2.0, 1.0)


@pytest.mark.parametrize("url", ["nope://s3cret", "s3cret", "json://", "slack://s3cret"])
def test_what_is_no_address_is_told_by_its_number(url: str) -> None:
    assert told([url]) == [(NUMBER_1, "this is no address of a service that apprise knows", FIX)]


def test_several_addresses_in_one_variable_are_told(server: Server) -> None:
    url = f"json://{server.host}/a,json://{server.host}/b"
    assert told([url]) == [
        (
            NUMBER_1,
            "these are several addresses, and each is to be an entry of its own",
            FIX,
        )
    ]
    assert server.got == []


def test_a_long_text_is_sent_in_parts_where_that_is_no_phone() -> None:
    modes = {}
    for url in (
        "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js",
        "clickatell://APIKEYAPIKEYAPIKEYAPIKEY/+15555551234",
        "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js?overflow=truncate",
    ):
        service = service_of(url)
        assert service is not None
        modes[url.partition(":")[0] + url.rpartition("=")[2][:8]] = service.overflow_mode.value
    assert list(modes.values()) == ["split", "truncate", "truncate"]


def test_nobody_is_told_without_addresses() -> None:
    assert errands([], NOTICE) == []


def test_a_mail_is_plain_text_so_that_its_commands_can_be_copied() -> None:
    service = service_of("mailtos://user:password@smtp.example.com?to=asha@example.com")
    assert service is not None
    assert service.resolve_format("text") == "text"


def test_no_picture_is_fetched_from_elsewhere() -> None:
    service = service_of("jsons://example.com")
    assert service is not None
    kind, size = NotifyType.INFO, NotifyImageSize.XY_256
    assert service.asset.image_url(kind, size) is None
    assert service.asset.image_url(kind, size, logo=True) is None


def test_signs_of_markdown_are_shown_and_not_obeyed(server: Server) -> None:
    assert told([f"mmost://{server.host}/3ccdd113474722377935511fc85d3dd4?format=markdown"]) == []
    (found,) = server.notices()
    assert r"\*look\*: \_a\_" in found["text"]
