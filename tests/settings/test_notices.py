import os
from pathlib import Path

import pytest

from importer.errors import SettingsError
from importer.settings import Notices, Settings, read_notices, read_settings
from tests.settings.texts import said, write

SECRET = "https://hooks.example/T0K3N"
KEYS = "urls, when, rows, healthcheck_url, metrics_file, log_file"
FORM = 'urls = [{ env = "NOTICE_URL" }], or [{ file = "keys/notice.url" }] (a file of mode 600)'
REMOVE = f"say where it is, and remove it here: {FORM}"
PING_FORM = 'write healthcheck_url = "https://…", or { env = "HEALTHCHECK_URL" }'
SOURCE = "as the service that is told gives it"


def settings_of(folder: Path, *lines: str) -> Settings:
    write(folder / "importer.toml", "\n".join(["[notices]", *lines]))
    return read_settings({})


def refusal(settings: Settings, environment: dict[str, str]) -> tuple[str, str | None, str | None]:
    with pytest.raises(SettingsError) as refused:
        read_notices(settings, environment)
    return said(refused.value)


def test_nobody_is_told_where_nothing_says_so(folder: Path) -> None:
    assert read_notices(read_settings({}), {}) == Notices()
    write(folder / "importer.toml", "")
    assert read_notices(read_settings({}), {}) == Notices()
    assert Notices() == Notices((), "always", False, None, None, None)


def test_each_key_of_notices_is_read_and_hides_its_addresses(folder: Path) -> None:
    (folder / "etc").mkdir()
    secret = write(folder / "etc" / "mail.url", f"{SECRET}2\n")
    secret.chmod(0o600)
    write(
        folder / "etc" / "acme.toml",
        """
        [notices]
        urls = [{ env = "TEAM_URL" }, { file = "mail.url" }]
        when = "change"
        rows = true
        healthcheck_url = { env = "PING_URL" }
        metrics_file = "out/importer.prom"
        log_file = "importer.log"
        """,
    )
    settings = read_settings({}, config="etc/acme.toml")
    found = read_notices(settings, {"TEAM_URL": f" {SECRET}1 ", "PING_URL": f"{SECRET}3"})
    assert found == Notices(
        urls=(f"{SECRET}1", f"{SECRET}2"),
        when="change",
        rows=True,
        healthcheck_url=f"{SECRET}3",
        metrics_file=folder / "etc/out/importer.prom",
        log_file=folder / "etc/importer.log",
    )
    assert "T0K3N" not in f"{found}{settings}"


def test_the_address_of_a_ping_may_stand_in_the_file(folder: Path) -> None:
    found = read_notices(settings_of(folder, f'healthcheck_url = "{SECRET}"'), {})
    assert found == Notices(healthcheck_url=SECRET)


def test_absolute_paths_of_notices_stay_what_they_are(folder: Path, tmp_path: Path) -> None:
    settings = settings_of(folder, f'metrics_file = "{tmp_path}/m"', f'log_file = "{tmp_path}/l"')
    found = read_notices(settings, {})
    assert (found.metrics_file, found.log_file) == (tmp_path / "m", tmp_path / "l")


@pytest.mark.parametrize(
    ("line", "place", "what", "fix"),
    [
        (f'urls = "{SECRET}"', "urls", "an address stands in the file itself", REMOVE),
        (f'urls = ["{SECRET}"]', "urls", "an address stands in the file itself", REMOVE),
        ("urls = 3", "urls", "urls is a single value, and no list", f"write {FORM}"),
        ('urls = { env = "A" }', "urls", "urls is a table, and no list", f"write {FORM}"),
        (
            f'urls = [{{ env = "{SECRET}" }}]',
            "urls",
            "env of urls is no variable's name",
            f"write {FORM}",
        ),
        *(
            (f"urls = [{value}]", "urls", "urls does not say where an address is", f"write {FORM}")
            for value in (
                "{}",
                "3",
                "{ env = 3 }",
                f'{{ url = "{SECRET}" }}',
                f'{{ "{SECRET}" = "A" }}',
                f'["{SECRET}"]',
                '{ env = "A", file = "b" }',
            )
        ),
        *(
            (
                f"healthcheck_url = {value}",
                "healthcheck_url",
                "healthcheck_url does not say where the address is",
                PING_FORM,
            )
            for value in (
                "3",
                "''",
                "{}",
                f'["{SECRET}"]',
                f'{{ env = "{SECRET}" }}',
                f'{{ text = "{SECRET}" }}',
                f'{{ url = "{SECRET}" }}',
            )
        ),
        *(
            (
                f'healthcheck_url = "{value}"',
                "healthcheck_url",
                "healthcheck_url is no address of the web",
                PING_FORM,
            )
            for value in ("T0K3N", "ftp://hc.example/T0K3N", f"{SECRET} x", "https://")
        ),
        ("when = 'no'", "when", 'when is the text "no"', "write one of: always, change, trouble"),
        ("rows = 'yes'", "rows", 'rows is the text "yes"', "write rows = true, or false"),
        ("rows = 1", "rows", "rows is 1", "write rows = true, or false"),
        (
            "metrics_file = ''",
            "metrics_file",
            "metrics_file is empty",
            'write metrics_file = "importer.prom"',
        ),
        ("log_file = []", "log_file", "log_file is a list", 'write log_file = "importer.log"'),
        (
            f'url = "{SECRET}"',
            "url",
            'unknown key "url"',
            f'did you mean "urls"? use one of: {KEYS}',
        ),
    ],
)
def test_what_notices_can_t_be_is_refused_and_no_address_is_shown(
    folder: Path, line: str, place: str, what: str, fix: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        settings_of(folder, line)
    where = f"{folder / 'importer.toml'}, notices.{place}"
    assert said(refused.value) == (what, where, fix)
    assert "T0K3N" not in f"{said(refused.value)}"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("notices = 3", "notices is a single value, and no table"),
        ("[[notices]]", "notices is a list, and no table"),
    ],
)
def test_notices_that_are_no_table_are_refused(folder: Path, text: str, what: str) -> None:
    write(folder / "importer.toml", text)
    with pytest.raises(SettingsError) as refused:
        read_settings({})
    fix = "write [notices], and below it what is wanted: urls, when, healthcheck_url, …"
    assert said(refused.value) == (what, f"{folder / 'importer.toml'}, notices", fix)


# The addresses themselves


def test_an_address_s_variable_that_is_not_set_is_named(folder: Path) -> None:
    settings = settings_of(folder, 'urls = [{ env = "TEAM_URL" }]')
    where = f"{folder / 'importer.toml'}, urls of [notices]"
    assert refusal(settings, {}) == ("TEAM_URL is not set", where, f"export TEAM_URL ({SOURCE})")


def test_an_address_with_a_space_is_refused_and_not_shown(folder: Path) -> None:
    settings = settings_of(folder, 'urls = [{ env = "TEAM_URL" }]')
    assert refusal(settings, {"TEAM_URL": f"{SECRET} x"}) == (
        "TEAM_URL has a space or a character that no address has",
        "the environment",
        "copy the address again, in single quotes: a $ in it is eaten by the shell",
    )


@pytest.mark.skipif(os.name != "posix", reason="the modes of files are those of POSIX")
def test_an_address_s_file_that_others_can_read_is_refused(folder: Path) -> None:
    path = write(folder / "team.url", SECRET)
    path.chmod(0o644)
    settings = settings_of(folder, 'urls = [{ file = "team.url" }]')
    what = "others on this computer can use the address file"
    assert refusal(settings, {}) == (what, str(path), f"chmod 600 {path}")


def test_an_address_s_file_that_is_not_there_is_refused(folder: Path) -> None:
    settings = settings_of(folder, 'urls = [{ file = "team.url" }]')
    path, config = folder / "team.url", folder / "importer.toml"
    assert refusal(settings, {}) == (
        "the address file cannot be read: No such file or directory",
        f"{path}, named by urls of [notices] in {config}",
        f"write the address into it ({SOURCE}), and make it yours alone: chmod 600 {path}",
    )


def test_a_ping_that_is_no_address_of_the_web_is_refused_and_not_shown(folder: Path) -> None:
    settings = settings_of(folder, 'healthcheck_url = { env = "PING_URL" }')
    assert refusal(settings, {"PING_URL": "hc-T0K3N"}) == (
        "what healthcheck_url names is no address of the web",
        f"{folder / 'importer.toml'}, healthcheck_url of [notices]",
        f"it begins with https:// (or http://), {SOURCE}",
    )
