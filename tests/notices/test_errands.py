"""Errands run at once, and none for longer than the patience of all."""

import logging
import threading
import time

import pytest

from importer.notices.errands import OVERHEARD, THREAD, Errand, run_all


def errand(what: str) -> Errand:
    return Errand("there", "mend it", lambda: what)


def test_what_did_not_work_is_given_with_its_words() -> None:
    bad = errand("it is broken")
    assert run_all([errand(""), bad]) == [(bad, "it is broken")]


def test_one_that_does_not_come_back_is_left_behind() -> None:
    free = threading.Event()
    slow = Errand("there", "mend it", lambda: str(free.wait(30)))
    began = time.monotonic()
    found = run_all([slow, slow, errand("")], 0.05)
    assert time.monotonic() - began < 5
    free.set()
    assert found == [(slow, "no answer within 0.05 seconds")] * 2


def test_an_errand_keeps_no_process_from_ending() -> None:
    (found,) = run_all([Errand("", "", lambda: str(threading.current_thread().daemon))])
    assert found[1] == "True"


def test_no_text_of_an_exception_is_told() -> None:
    def go() -> str:
        raise RuntimeError("https://host/secret")

    (found,) = run_all([Errand("there", "mend it", go)])
    assert found[1] == "it failed with RuntimeError"


def test_what_is_logged_on_an_errand_is_heard_by_nobody(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    def go() -> str:
        logging.getLogger("apprise").warning("sent to https://host/secret: %serror=%s", "", 401)
        logging.getLogger("httpx").info("POST https://host/secret")
        logging.getLogger("apprise").warning("%s %s", "one")
        return f"answered {OVERHEARD.status()}"

    caplog.set_level(logging.DEBUG)
    (found,) = run_all([Errand("there", "mend it", go)])
    assert found[1] == "answered 401"
    assert OVERHEARD.status() == ""
    logging.getLogger("httpx").info("of others")
    assert caplog.messages == ["of others"]
    assert capfd.readouterr().err == ""


def test_what_was_overheard_is_forgotten_with_its_errand() -> None:
    def go() -> str:
        logging.getLogger("apprise").warning("error=%s", 500)
        return str(list(OVERHEARD.statuses.values()))

    (found,) = run_all([Errand("there", "mend it", go)])
    assert (found[1], OVERHEARD.statuses) == ("['500']", {})


def test_the_last_resort_hears_nothing_of_an_errand() -> None:
    assert logging.lastResort is not None
    record = logging.makeLogRecord({"threadName": f"{THREAD}-0", "msg": "https://host/secret"})
    run_all([])
    assert not logging.lastResort.filter(record)
    record.threadName = "MainThread"
    assert logging.lastResort.filter(record)
