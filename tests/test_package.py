"""What the distribution is made from: its metadata, its pins, and the check that `make dist` is."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.specifiers import SpecifierSet

import importer
from tests import check_dist
from tests.check_dist import DistError, sdist_flaws, wheel_flaws

PACKAGE = {"importer/__init__.py", "importer/py.typed", "importer/jobs/api.py"}
TREE = {*PACKAGE, "README.md", "tests/test_cli.py", ".gitignore", ".ci/run"}
ABOUT = "leadsquared_importer-0.1.0.dist-info"
WHEEL = {*PACKAGE, f"{ABOUT}/METADATA", f"{ABOUT}/licenses/LICENSE"}
SDIST = {*PACKAGE, "README.md", "tests/test_cli.py", "PKG-INFO", "setup.cfg"}
SDIST |= {"leadsquared_importer.egg-info/SOURCES.txt"}


@pytest.fixture
def project(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return found


def plain(name: str) -> str:
    """A requirement's name as registries compare it: packaging.python.org, name normalization."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=~! ]", name, maxsplit=1)[0]).lower()


# The metadata


def test_the_version_stands_in_one_place(project: dict[str, Any]) -> None:
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "importer.__version__"}
    assert re.fullmatch(r"\d+\.\d+\.\d+", importer.__version__)


def test_the_classifiers_name_the_oldest_python_that_is_required(project: dict[str, Any]) -> None:
    classifiers = project["project"]["classifiers"]
    versions = [each.rpartition(" ")[2] for each in classifiers if re.search(r":: 3\.\d+$", each)]
    assert f">={versions[0]}" == project["project"]["requires-python"]
    assert "Typing :: Typed" in classifiers
    assert not [each for each in classifiers if each.startswith("License")], "license = says it"


def test_every_package_that_is_asked_for_is_pinned_once(
    project: dict[str, Any], root: Path
) -> None:
    extras = project["project"]["optional-dependencies"].values()
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    wanted += [each for extra in extras for each in extra]
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [plain(line) for line in lines if not line.startswith("#")]
    assert {plain(each) for each in wanted} - set(pins) == set()
    assert sorted(set(pins)) == sorted(pins)


def test_every_package_that_is_pinned_runs_on_the_oldest_python(
    project: dict[str, Any],
) -> None:
    oldest = f"{project['project']['requires-python'].removeprefix('>=')}.0"
    refusing = [
        f"{each.name} {each.version}: {needs}"
        for each in distributions()
        if "Requires-Python" in each.metadata
        and (needs := each.metadata["Requires-Python"])
        and not SpecifierSet(needs).contains(oldest)
    ]
    assert refusing == []


def test_every_folder_of_modules_is_a_package_and_the_types_are_for_all(root: Path) -> None:
    folders = {path.parent for path in (root / "importer").rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []
    assert (root / "importer" / "py.typed").is_file()


def test_what_is_no_module_is_named_as_data_of_the_package(
    project: dict[str, Any], root: Path
) -> None:
    package = root / "importer"
    files = {
        path for path in package.rglob("*") if path.is_file() and "__pycache__" not in str(path)
    }
    patterns = project["tool"]["setuptools"]["package-data"]
    named = {
        path
        for name, globs in patterns.items()
        for each in globs
        for path in root.joinpath(*name.split(".")).glob(each)
    }
    assert {path for path in files if path.suffix != ".py"} == named


# The check


def test_files_that_are_as_they_should_be_have_no_flaw() -> None:
    assert sdist_flaws(SDIST, TREE) == []
    assert wheel_flaws(WHEEL, TREE) == []


@pytest.mark.parametrize(
    ("less", "more", "flaws"),
    [
        ("tests/test_cli.py", "", ["the sdist lacks tests/test_cli.py: see MANIFEST.in"]),
        ("importer/py.typed", "", ["the sdist lacks importer/py.typed: see MANIFEST.in"]),
        ("", "importer.db", ["the sdist has importer.db: see MANIFEST.in"]),
        ("", ".ci/run", ["the sdist has .ci/run: see MANIFEST.in"]),
    ],
)
def test_an_sdist_that_is_not_the_checkout_is_found(less: str, more: str, flaws: list[str]) -> None:
    assert sdist_flaws((SDIST | {more}) - {less, ""}, TREE) == flaws


@pytest.mark.parametrize(
    ("less", "more", "flaws"),
    [
        ("importer/jobs/api.py", "", ["the wheel lacks importer/jobs/api.py: see package-data"]),
        ("importer/py.typed", "", ["the wheel lacks importer/py.typed: see package-data"]),
        ("", "tests/test_cli.py", ["the wheel has tests/test_cli.py"]),
        ("", "importer/cli.py", ["the wheel has importer/cli.py"]),
    ],
)
def test_a_wheel_that_is_not_the_package_is_found(less: str, more: str, flaws: list[str]) -> None:
    assert wheel_flaws((WHEEL | {more}) - {less, ""}, TREE) == flaws


def test_a_package_of_the_checkout_is_not_taken_for_the_wheels(tmp_path: Path) -> None:
    check_dist.expect_inside(str(tmp_path / "venv" / "lib" / "importer"), tmp_path)
    with pytest.raises(DistError, match="is not the wheel's, but "):
        check_dist.expect_inside(str(importer.__file__), tmp_path)


def test_a_registry_that_cannot_be_reached_is_said(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--retries", "0"]
    nowhere = [*pip, "--isolated", "--index-url", "http://127.0.0.1:9/", "no-such-package-of-ours"]
    env = {"PIP_TARGET": str(tmp_path), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    with pytest.raises(DistError, match="is the network there") as caught:
        check_dist.install(nowhere, env)
    assert "no-such-package-of-ours" in str(caught.value)


def test_make_runs_the_check(root: Path) -> None:
    shown = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "--assume-old=.venv/.ready", "dist"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.splitlines()[-1].split() == [".venv/bin/python", "-m", "tests.check_dist"]
