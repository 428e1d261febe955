"""What `check` found, as a person reads it and as a script does."""

from dataclasses import replace

from importer.console.check import check_lines, check_object
from importer.console.shown import shown_lines, shown_object
from importer.model import AccountCheck

CHECK = AccountCheck(
    name="acme",
    config="/etc/importer.toml",
    host="api-in21.leadsquared.com",
    organisation="Acme Ltd",
    org_id="4711",
    user="Asha Rao",
    role="Administrator",
    time_zone="Asia/Kolkata",
    country_code="91",
    set_limit=(25, 5.0),
    learned_limit=(10, 2.5),
    day_calls=9_990,
    daily_calls=10_000,
    skew_s=-3600.4,
    journal="/lists/importer.db",
    jobs=1_200,
    options=" --account acme",
)
LINES = """\
the keys are right
  keys:          of [accounts.acme] in /etc/importer.toml
  host:          api-in21.leadsquared.com
  organisation:  Acme Ltd
  OrgId:         4711
  user:          Asha Rao, Administrator
  time zone:     Asia/Kolkata
  country code:  91
  limit:         25 calls in 5 s
  learned:       10 calls in 2.5 s, from a refused call; the lower holds
  last 24 h:     9,990 calls from here, of 10,000 at most
  clock:         the server's is 1:00:00 behind this computer's
  journal:       /lists/importer.db, 1,200 jobs
next: importer check --account acme --forget-limit  (if the account's limit was raised: drops what \
was learned)
next: set this computer's clock: leads whose reply is lost are looked up by time
"""
LEAST = replace(
    CHECK,
    name=None,
    user="",
    role="",
    time_zone="",
    country_code="",
    set_limit=None,
    learned_limit=None,
    day_calls=1,
    daily_calls=None,
    skew_s=-2.0,
    jobs=None,
    options="",
)


def test_all_that_was_found_is_shown_and_what_is_off_has_its_next_step() -> None:
    assert list(shown_lines(CHECK)) == LINES.splitlines()


def test_what_the_api_does_not_tell_is_left_out() -> None:
    assert list(check_lines(LEAST)) == [
        "the keys are right",
        "  keys:          of the environment: LSQ_HOST, LSQ_ACCESS_KEY, LSQ_SECRET_KEY",
        "  host:          api-in21.leadsquared.com",
        "  organisation:  Acme Ltd",
        "  OrgId:         4711",
        "  limit:         none",
        "  last 24 h:     1 call from here",
        "  clock:         the server's and this computer's agree",
        "  journal:       /lists/importer.db, not there yet: importer run makes it",
    ]


def test_a_skew_of_five_minutes_is_none_to_worry_about() -> None:
    for skew_s, steps in ((300.0, 0), (-300.0, 0), (301.0, 1), (-301.0, 1)):
        lines = list(check_lines(replace(LEAST, skew_s=skew_s)))
        assert len([line for line in lines if line.startswith("next: ")]) == steps


def test_a_script_gets_numbers_and_null_for_what_is_not_known() -> None:
    assert shown_object(CHECK) == {
        "account": {
            "name": "acme",
            "config": "/etc/importer.toml",
            "host": "api-in21.leadsquared.com",
            "organisation": "Acme Ltd",
            "org_id": "4711",
            "user": "Asha Rao",
            "role": "Administrator",
            "time_zone": "Asia/Kolkata",
            "country_code": "91",
            "limit": {"calls": 25, "window_s": 5.0},
            "learned_limit": {"calls": 10, "window_s": 2.5},
            "day_calls": 9_990,
            "daily_calls": 10_000,
            "skew_s": -3600.4,
            "jobs": 1_200,
        }
    }
    unknown = ("name", "user", "role", "time_zone", "country_code", "limit", "learned_limit")
    least = check_object(LEAST)
    assert [least[key] for key in (*unknown, "daily_calls", "jobs")] == [None] * 9
