import pytest

from importer.delivery.leadsquared import normal_host
from importer.errors import SettingsError
from tests.settings.texts import said


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("api-in21.leadsquared.com", "https://api-in21.leadsquared.com"),
        (" api-in21.leadsquared.com/v2/ ", "https://api-in21.leadsquared.com"),
        ("https://api-in21.leadsquared.com/v2/", "https://api-in21.leadsquared.com"),
        ("HTTPS://API.LeadSquared.com:8443", "https://api.leadsquared.com:8443"),
        ("127.0.0.1:8800", "http://127.0.0.1:8800"),
        ("localhost", "http://localhost"),
        ("[::1]:8800", "http://[::1]:8800"),
        ("http://[::1]:8800/v2/", "http://[::1]:8800"),
        ("https://127.0.0.1", "https://127.0.0.1"),
    ],
)
def test_a_host_may_be_given_bare_with_its_path_or_as_a_url(host: str, url: str) -> None:
    assert normal_host(host) == url


@pytest.mark.parametrize(
    "host", ["http://api.leadsquared.com", "http://10.0.0.1", "http://127.0.0.2"]
)
def test_keys_go_unencrypted_to_this_machine_only(host: str) -> None:
    name = host.removeprefix("http://")
    with pytest.raises(SettingsError) as refused:
        normal_host(host)
    assert said(refused.value) == (
        f'keys would travel unencrypted to "{name}"',
        "LSQ_HOST in the environment, or host in importer.toml",
        f"write https://{name}, or leave the scheme out",
    )


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("ftp://a.com", "ftp://a.com"),
        ("https://", "https://"),
        ("a.com:port", "a.com:port"),
        ("[::1", "[::1"),
        ("user:pw@a.com", "…@a.com"),
        ("https://:pw@a.com", "https://…@a.com"),
        ("https://user:p/w@2@a.com:80/?accessKey=pw", "https://…@a.com:80/?…"),
        ("ftp://a.com?accessKey=pw#pw", "ftp://a.com?…"),
        ("ftp://a.com#pw", "ftp://a.com#…"),
    ],
)
def test_what_is_no_host_is_refused_and_no_key_in_it_shown(host: str, shown: str) -> None:
    with pytest.raises(SettingsError) as refused:
        normal_host(host)
    assert refused.value.what == f'this is no host: "{shown}"'
