"""The manual becomes a site without a warning, and asks no other machine for anything."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

MOST_S = 60
RESOURCES = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src"}
ELSEWHERE = re.compile(r"^(https?:)?//")
IN_STYLES = re.compile(r"(?:url\(|@import )\s*[\"']?(?:https?:)?//[^)\"';]*")


class Resources(HTMLParser):
    """What a browser fetches by itself; `asked` are the addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get(RESOURCES.get(tag, ""))
        if address:
            self.asked.append(address)


def asked(page: str) -> list[str]:
    parser = Resources()
    parser.feed(page)
    return parser.asked


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as `make docs` builds it."""
    folder = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=MOST_S,
    )
    assert (built.returncode, built.stdout, built.stderr) == (0, "", "")
    return folder


def test_every_page_of_the_manual_is_in_the_site(site: Path, root: Path) -> None:
    pages = {path.relative_to(root / "docs").with_suffix("") for path in root.glob("docs/**/*.md")}
    built = {path.relative_to(site).with_suffix("") for path in site.rglob("*.html")}
    assert built - pages == {Path("404")}
    assert pages - built == set()


def test_a_page_fetches_nothing_from_another_machine(site: Path) -> None:
    pages = {path: asked(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    assert all(pages.values()), "what a page fetches can be read"
    found = {
        path.name: [a for a in addresses if ELSEWHERE.match(a)] for path, addresses in pages.items()
    }
    assert {name: addresses for name, addresses in found.items() if addresses} == {}


def test_a_style_fetches_nothing_from_another_machine(site: Path) -> None:
    styles = list(site.rglob("*.css"))
    assert styles
    found = [a for path in styles for a in IN_STYLES.findall(path.read_text(encoding="utf-8"))]
    assert found == []


def test_no_page_needs_what_the_theme_would_fetch(site: Path) -> None:
    """Its script gets diagrams and a repository's stars from elsewhere, if asked."""
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert [word for word in ("mermaid", "md-source", "unpkg", "gtag") if word in text] == []


def test_what_a_page_fetches_is_found() -> None:
    page = '<link href="//a/x.css"><script src="https://b/y.js"></script><a href="https://c">c</a>'
    assert asked(page) == ["//a/x.css", "https://b/y.js"]
    assert [address for address in asked(page) if ELSEWHERE.match(address)] == asked(page)
    assert IN_STYLES.findall("a{b:url('https://x/y')} c{d:url(e.svg)}") == ["url('https://x/y"]


def test_make_docs_builds_it(root: Path) -> None:
    _, _, recipe = (root / "Makefile").read_text(encoding="utf-8").partition("\ndocs: $(READY)")
    check, build, *_ = recipe.splitlines()[1:]
    assert check == "\t$(BIN)/python -m docs_build --check"
    assert build == "\tNO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet"
