"""The units, as systemd-analyze reads them."""

import os
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from importer.drops.planned import Planned
from importer.drops.systemd import NAME, service, timer
from tests.drops.scheduled import AT, ODD, place

ANALYZE = shutil.which("systemd-analyze")
SERVICE = """\
[Unit]
Description=Import what has come into the folders of importer.toml

[Service]
Type=oneshot
WorkingDirectory=/srv/leads
Environment="IMPORTER_STATE=/srv/my state"
Environment=IMPORTER_TRIES=3
# A file of mode 600, with ACME_ACCESS_KEY, TEAM_URL:
# a line each, as NAME='value'.
EnvironmentFile=/srv/leads/importer.env
ExecStart=/usr/bin/importer drops run -q --config /srv/leads/importer.toml
# 1: a person should look; 75: the next pass goes on; 143: stopped in order.
SuccessExitStatus=1 75 143
TimeoutStopSec=30
"""
TIMER = """\
[Unit]
Description=Import what has come into the folders of importer.toml

[Timer]
OnCalendar=*-*-* 02:30:00
# A pass that was missed, because the computer was off, is made up for.
Persistent=true

[Install]
WantedBy=timers.target
"""
PLAIN = Planned(
    words=("/usr/bin/importer", "drops", "run", "-q", "--config", "/srv/leads/importer.toml"),
    folder="/srv/leads",
    stem="importer",
    at=AT,
    values={"IMPORTER_STATE": "/srv/my state", "IMPORTER_TRIES": "3"},
    variables=("ACME_ACCESS_KEY", "TEAM_URL"),
)


def line(text: str, key: str) -> str:
    (found,) = (each for each in text.splitlines() if each.startswith(f"{key}="))
    return found.partition("=")[2]


def verified(folder: Path, service_text: str, timer_text: str) -> str:
    """What systemd-analyze says of the two: nothing, where they are right."""
    if ANALYZE is None:
        pytest.skip("there is no systemd-analyze here")
    folder.mkdir()
    (folder / f"{NAME}.service").write_text(service_text, encoding="utf-8")
    (folder / f"{NAME}.timer").write_text(timer_text, encoding="utf-8")
    with tempfile.TemporaryDirectory() as runtime:  # a short name: sockets of other units are there
        said = subprocess.run(
            [ANALYZE, "--user", "verify", *sorted(folder.glob(f"{NAME}.*"))],
            env={**os.environ, "XDG_RUNTIME_DIR": runtime},
            capture_output=True,
            text=True,
            timeout=60,
        )
    if "Failed to initialize manager" in said.stderr:
        pytest.skip(f"systemd-analyze can verify nothing here: {said.stderr.strip()}")
    assert said.returncode == 0 or said.stderr
    # Of what it ignores it tells, and ends with 0; also of the machine's own units.
    lines = said.stderr.splitlines(keepends=True)
    return "".join(each for each in lines if NAME in each or str(folder) in each)


def test_the_service_runs_the_command_with_its_variables_and_its_exit_codes() -> None:
    assert service(PLAIN) == SERVICE


def test_without_variables_there_is_no_file_of_them() -> None:
    text = service(replace(PLAIN, values={}, variables=()))
    assert [each for each in text.splitlines() if each.startswith("Environment")] == []


def test_the_timer_makes_up_for_a_night_when_the_computer_was_off() -> None:
    assert timer(PLAIN) == TIMER


@pytest.mark.parametrize("name", ["leads", "my leads", "100%", "$HOME", "a\\b", ODD])
def test_systemd_takes_the_units_for_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    made = place(tmp_path, name)
    planned = made.plan({"IMPORTER_STATE": f"{tmp_path}/{name}", "NO_PROXY": "a b, c%d"})
    assert verified(tmp_path / "units", service(planned), timer(planned)) == ""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Type=oneshot", "Tipe=oneshot"),
        ("/bin/importer", "/bin/exporter"),
        ("%%", "%"),
        ("WorkingDirectory=/", 'WorkingDirectory="/'),
        ("EnvironmentFile=/", 'EnvironmentFile="/'),
        ("143", "many"),
        ("=30", "=soon"),
        ("02:30", "25:30"),
        ("Persistent=true", "Persistent=perhaps"),
    ],
)
def test_a_broken_line_is_found(tmp_path: Path, right: str, wrong: str) -> None:
    planned = place(tmp_path, "my 100%i $HOME").plan()
    texts = [service(planned), timer(planned)]
    broken = [text.replace(right, wrong) for text in texts]
    assert broken != texts
    assert verified(tmp_path / "units", *broken) != ""


# What systemd-analyze does not look at


def test_a_dollar_sign_is_kept_from_systemd_by_a_colon() -> None:
    words: tuple[str, ...] = ("/usr/bin/importer", "--config", "/srv/$HOME/importer.toml")
    command = ':/usr/bin/importer --config "/srv/$HOME/importer.toml"'
    assert line(service(replace(PLAIN, words=words)), "ExecStart") == command
    words = ("/srv/$HOME/importer", "drops")
    assert line(service(replace(PLAIN, words=words)), "ExecStart") == '":/srv/$HOME/importer" drops'


def test_a_program_that_systemd_would_refuse_for_its_name_is_started_by_the_shell() -> None:
    words = ("/srv/it's/importer", "drops")
    command = ':/bin/sh -c "exec \\"$0\\" \\"$@\\"" "/srv/it\'s/importer" drops'
    assert line(service(replace(PLAIN, words=words)), "ExecStart") == command


def test_a_word_is_quoted_by_the_rules_of_systemd() -> None:
    words = ("/usr/bin/importer", 'a "b" \\ 50%')
    command = '/usr/bin/importer "a \\"b\\" \\\\ 50%%"'
    assert line(service(replace(PLAIN, words=words)), "ExecStart") == command


def test_the_file_of_variables_is_no_wildcard() -> None:
    text = service(replace(PLAIN, folder="/srv/[a]*?\\%"))
    assert line(text, "EnvironmentFile") == "/srv/\\[a]\\*\\?\\\\%%/importer.env"


@pytest.mark.parametrize("folder", ["/srv/leads ", "/srv/leads\\"])
def test_a_folder_s_last_sign_is_not_lost(folder: str) -> None:
    assert line(service(replace(PLAIN, folder=folder)), "WorkingDirectory") == f"{folder}/"
