"""The line for cron, run as cron runs it: by /bin/sh, with next to no variables."""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from importer.drops.crontab import MOST, crontab
from importer.drops.planned import Planned
from importer.errors import SettingsError
from tests.drops.scheduled import AT, ODD, Place, place

KEYS = "ACME_ACCESS_KEY='u$r0af9'\n"
# What /bin/sh is on one system or another, of those that are here.
SHELLS = [
    words
    for words in (["/bin/sh"], ["dash"], ["bash", "--posix"], ["ksh"], ["busybox", "sh"])
    if shutil.which(words[0])
]


@dataclass(frozen=True)
class Mail:
    """What cron would send."""

    text: str


def line_of(planned: Planned) -> str:
    *remarks, line = crontab(planned).splitlines()
    assert [each for each in remarks if not each.startswith("#")] == []
    return line


def command_of(line: str) -> str:
    r"""As cron hands it to the shell: \% is a %, and nothing goes on behind another %."""
    *times, command = line.split(maxsplit=5)
    assert times == ["30", "2", "*", "*", "*"]
    parts = command.split(r"\%")
    assert [part for part in parts if "%" in part] == [], "cron cuts the command here"
    return "%".join(parts)


def by_cron(command: str, home: Path, shell: Sequence[str] = ("/bin/sh",)) -> Mail:
    home.mkdir(exist_ok=True)
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"}
    ended = subprocess.run(
        [*shell, "-c", command],
        env=environment,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
    )
    return Mail(ended.stdout)


def run(made: Place, tmp_path: Path, planned: Planned | None = None) -> Mail:
    return by_cron(command_of(line_of(planned or made.plan())), tmp_path / "home")


def test_the_line_starts_a_pass_from_cron_s_bare_environment(tmp_path: Path) -> None:
    made = place(tmp_path)
    (made.folder / "importer.env").write_text(KEYS)
    values = {"IMPORTER_STATE": f"{tmp_path}/{ODD}", "IMPORTER_TRIES": "3", "NO_PROXY": "a b%c"}
    mail = run(made, tmp_path, made.plan(values))
    assert mail == Mail(""), "nothing to mail"
    assert made.words() == ["drops", "run", "-q", "--config", str(made.config)]
    assert (made.notes / "cwd").read_text() == f"{made.folder}\n"
    assert made.environment() == {
        "HOME": str(tmp_path / "home"),
        "PATH": "/usr/bin:/bin",
        "SHELL": "/bin/sh",
        "ACME_ACCESS_KEY": "u$r0af9",
        **values,
    }
    assert (made.folder / "importer.cron.log").read_text() == "a pass\na remark\n"


def test_the_line_is_right_for_a_cron_that_leaves_backslashes_there(tmp_path: Path) -> None:
    made = place(tmp_path)
    (made.folder / "importer.env").write_text(KEYS)
    *_, command = line_of(made.plan()).split(maxsplit=5)
    assert r"\%" in command
    assert by_cron(command, tmp_path / "home") == Mail("")
    assert made.words()[-1] == str(made.config)


@pytest.mark.parametrize(
    "name", ["leads", "100%", "%", "a%%b", "-x", "a\\b", "😀 \u200d", "a;b&c|d", "~"]
)
def test_the_line_is_right_for_other_names_of_folders(tmp_path: Path, name: str) -> None:
    made = place(tmp_path, name)
    (made.folder / "importer.env").write_text(KEYS)
    assert run(made, tmp_path) == Mail("")
    assert made.words()[-1] == str(made.config)


def test_a_second_pass_adds_to_the_log(tmp_path: Path) -> None:
    made = place(tmp_path)
    (made.folder / "importer.env").write_text(KEYS)
    run(made, tmp_path)
    run(made, tmp_path)
    assert (made.folder / "importer.cron.log").read_text() == "a pass\na remark\n" * 2


@pytest.mark.parametrize(
    ("code", "is_told"), [(0, False), (1, False), (75, False), (143, False), (2, True), (3, True)]
)
def test_cron_mails_only_where_a_pass_could_not_go_on(
    tmp_path: Path, code: int, is_told: bool
) -> None:
    made = place(tmp_path, code=code)
    (made.folder / "importer.env").write_text(KEYS)
    log = made.folder / "importer.cron.log"
    told = f"importer drops run could not go on: see the end of {log}\n"
    assert run(made, tmp_path) == Mail(told if is_told else "")


@pytest.mark.parametrize("shell", SHELLS, ids=" ".join)
def test_cron_mails_where_the_file_of_variables_is_missing_and_nothing_is_started(
    tmp_path: Path, shell: Sequence[str]
) -> None:
    made = place(tmp_path)
    log = made.folder / "importer.cron.log"
    mail = by_cron(command_of(line_of(made.plan())), tmp_path / "home", shell)
    assert mail == Mail(f"importer drops run could not go on: see the end of {log}\n")
    assert "importer.env" in log.read_text()
    assert not (made.notes / "words").exists()
    (made.folder / "importer.env").write_text(KEYS)
    assert by_cron(command_of(line_of(made.plan())), tmp_path / "home", shell) == Mail("")
    assert made.environment()["ACME_ACCESS_KEY"] == "u$r0af9"


def test_cron_mails_where_the_folder_is_gone(tmp_path: Path) -> None:
    made = place(tmp_path, "leads")
    planned = made.plan()
    made.folder.rename(tmp_path / "moved")
    mail = run(made, tmp_path, planned)
    assert "leads" in mail.text
    assert not (tmp_path / "moved" / "bin" / "words").exists()


def test_without_variables_no_file_of_them_is_read(tmp_path: Path) -> None:
    made = place(tmp_path, "leads")
    planned = replace(made.plan(), variables=())
    folder = made.folder
    assert crontab(planned) == (
        "# What a pass says is added to importer.cron.log beside importer.toml; cron sends mail"
        " only where a\n# pass could not go on. Who else is told stands in [notices].\n"
        f"30 2 * * * cd {folder} && ({folder}/bin/importer drops run -q --config"
        f" {folder}/importer.toml) >> importer.cron.log 2>&1 || case $? in 1|75|143) ;; *) echo"
        " 'importer drops run could not go on:"
        f" see the end of {folder}/importer.cron.log' ;; esac\n"
    )
    assert run(made, tmp_path, planned) == Mail("")


def test_the_variables_are_named_with_their_file(tmp_path: Path) -> None:
    made = place(tmp_path, "leads")
    assert crontab(made.plan()).splitlines()[2:4] == [
        "# Cron knows none of your variables: write ACME_ACCESS_KEY",
        f"# into {made.folder}/importer.env (chmod 600), a line each, as NAME='value'.",
    ]


def test_a_file_of_settings_with_another_name_has_a_log_and_variables_of_its_own(
    tmp_path: Path,
) -> None:
    planned = replace(place(tmp_path, "leads").plan(), stem="acme 2")
    line = line_of(planned)
    assert "set -a; command . ./'acme 2.env' || exit 2; " in line
    assert ">> 'acme 2.cron.log'" in line


def refusal(words: Sequence[str], folder: str) -> tuple[str, str | None, str | None]:
    some = Planned(words, folder, "importer", AT)
    with pytest.raises(SettingsError) as refused:
        crontab(some)
    return refused.value.what, refused.value.where, refused.value.fix


@pytest.mark.parametrize("name", ["/srv/a\\\\b", "/srv/a\\%b"])
def test_backslashes_that_crons_differ_about_are_refused(name: str) -> None:
    assert refusal(["/bin/importer"], name) == (
        "a line for cron cannot have this name in it, for its backslashes",
        name,
        "rename it without; or use --for systemd, or --for windows",
    )


def test_a_line_that_cron_would_cut_is_refused() -> None:
    folder = "/" + "é" * (MOST // 4)
    assert refusal(["/bin/importer"], folder) == (
        "the line for cron is longer than 998 characters",
        folder,
        "move importer.toml to a folder with a shorter path; or use --for systemd",
    )
