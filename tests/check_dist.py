"""`make dist`: build the sdist and the wheel, and try them where nothing of the checkout is.

In: the checkout as it lies there, and the registry that pip knows. Out: both files in build/dist,
or what is wrong with them. Other interpreters to try the wheel with may be named as arguments.
"""

import json
import os
import shlex
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
DIST = ROOT / "build" / "dist"
CONSTRAINTS = ROOT / "constraints.txt"
SCRIPTS = "Scripts" if os.name == "nt" else "bin"
# Of the tests, those that are run with the wheel: the commands and the Python API as a user meets
# them. They need these two packages, and nothing of the checkout.
TESTS = ("tests/test_cli.py", "tests/acceptance/test_cron.py")
TEST_TOOLS = ("pytest", "pytest-timeout")
MADE = ("PKG-INFO", "setup.cfg")  # by setuptools, in the sdist; and its egg-info
LIST = "First Name,Email\nAsha,asha@example.com\nRavi,ravi@example.com\n"
MAPPING = "version: 1\ncolumns:\n  First Name: FirstName\n  Email: EmailAddress\n"
ASK_API = """
import importer
with importer.Journal("importer.db") as journal:
    print(*[row.cells["Email"] for row in journal.rows(status="created")])
print(importer.__file__)
"""


class DistError(Exception):
    """What is wrong with the distribution, or why it can't be made."""


def main(pythons: Sequence[str]) -> int:
    try:
        sdist, wheel = build()
        check_content(sdist, wheel)
        for python in pythons or [sys.executable]:
            with TemporaryDirectory(prefix="importer-dist-") as folder:
                try_out(Path(folder), python, sdist, wheel)
    except DistError as error:
        say(f"dist: {error}")
        return 1
    say(f"dist: {sdist.relative_to(ROOT)}\ndist: {wheel.relative_to(ROOT)}")
    return 0


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def build() -> tuple[Path, Path]:
    """The wheel is built from the sdist: so the sdist has all that it takes. Raises DistError."""
    DIST.mkdir(parents=True, exist_ok=True)
    for old in DIST.iterdir():
        old.unlink()
    say("building the sdist, and the wheel from it")
    constrained = {**os.environ, "PIP_CONSTRAINT": str(CONSTRAINTS)}
    install([sys.executable, "-m", "build", "--outdir", DIST, ROOT], constrained)
    (sdist,), (wheel,) = DIST.glob("*.tar.gz"), DIST.glob("*.whl")
    return sdist, wheel


# What is in them


def check_content(sdist: Path, wheel: Path) -> None:
    """Raises DistError: a file is missing, or should not be there."""
    tree = tree_files()
    with tarfile.open(sdist) as archive:
        packed = [each.name.partition("/")[2] for each in archive if each.isfile()]
    with zipfile.ZipFile(wheel) as zipped:
        installed = zipped.namelist()
    flaws = [*sdist_flaws(packed, tree), *wheel_flaws(installed, tree)]
    if flaws:
        raise DistError("\n  ".join(["the files are not as they should be", *flaws]))


def tree_files() -> set[str]:
    """All files that belong to the checkout, as git sees it."""
    listed = said(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], ROOT)
    return {name for name in listed.split("\0") if name and (ROOT / name).is_file()}


def sdist_flaws(packed: Iterable[str], tree: Iterable[str]) -> list[str]:
    """The sdist has every file of the checkout but the hidden ones, and no other."""
    wanted = {name for name in tree if not name.startswith(".")}
    found = {
        name
        for name in packed
        if name not in MADE and not PurePosixPath(name).parts[0].endswith(".egg-info")
    }
    return [
        *(f"the sdist lacks {name}: see MANIFEST.in" for name in sorted(wanted - found)),
        *(f"the sdist has {name}: see MANIFEST.in" for name in sorted(found - wanted)),
    ]


def wheel_flaws(installed: Iterable[str], tree: Iterable[str]) -> list[str]:
    """The wheel has the package's files, and beside it only what describes it."""
    wanted = {name for name in tree if name.startswith("importer/")}
    found = {name for name in installed if not PurePosixPath(name).parts[0].endswith(".dist-info")}
    return [
        *(f"the wheel lacks {name}: see package-data" for name in sorted(wanted - found)),
        *(f"the wheel has {name}" for name in sorted(found - wanted)),
    ]


# Whether they work


def try_out(folder: Path, python: str, sdist: Path, wheel: Path) -> None:
    """Raises DistError: the wheel can't be installed, or does not work."""
    bin_, env = folder / "venv" / SCRIPTS, clean_environment(folder)
    say(f"installing the wheel in an empty environment of {python}")
    said([python, "-m", "venv", folder / "venv"], folder)
    pip = [bin_ / "python", "-m", "pip"]
    add = [*pip, "install", "--quiet", "--disable-pip-version-check", "-c", CONSTRAINTS]
    install([*add, f"{wheel}[sandbox]"], dict(os.environ))
    said([*pip, "check"], folder)
    say("importing two rows with it")
    smoke(folder, bin_, env, wheel.name.split("-")[1])
    say(f"running {' and '.join(TESTS)} with it")
    install([*add, *TEST_TOOLS], dict(os.environ))
    run_tests(folder, bin_, env, sdist)


def clean_environment(folder: Path) -> dict[str, str]:
    ours = ("LSQ_", "IMPORTER_", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "HOME": str(folder), "USERPROFILE": str(folder)}


def smoke(folder: Path, bin_: Path, env: Mapping[str, str], version: str) -> None:
    """A user's first minutes: the version, two rows to the sandbox, status, and the Python API."""
    importer = bin_ / "importer"
    expect(
        "the version", said([importer, "--version"], folder, env), f"importer, version {version}\n"
    )
    (folder / "list.csv").write_text(LIST)
    (folder / "mapping.yaml").write_text(MAPPING)
    options = ["sandbox", "--port", "0", "--limit", "none"]
    with subprocess.Popen(
        [importer, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=env,
        text=True,
    ) as sandbox:
        assert sandbox.stdout is not None
        try:
            lines = [sandbox.stdout.readline() for _ in range(3)]
            keys = dict(shlex.split(line)[0].split("=", 1) for line in lines)
            run = [importer, "run", "list.csv", "-m", "mapping.yaml", "--json"]
            done = json.loads(said(run, folder, {**env, **keys}).splitlines()[-1])
        finally:
            sandbox.terminate()
    expect("the rows that were created", done["created"], 2)
    page = [importer, "preview", "list.csv", "-m", "mapping.yaml", "--html", "page.html"]
    said(page, folder, env)
    expect("the page", (folder / "page.html").read_bytes()[:15], b"<!doctype html>")
    (job,) = json.loads(said([importer, "status", "--json"], folder, env).splitlines()[-1])["jobs"]
    expect("the job's state", job["state"], "finished")
    emails, place = said([bin_ / "python", "-c", ASK_API], folder, env).splitlines()
    expect("the journal's rows", emails, "asha@example.com ravi@example.com")
    expect_inside(place, folder)


def run_tests(folder: Path, bin_: Path, env: Mapping[str, str], sdist: Path) -> None:
    """From the sdist, with its package taken away: what they import is the wheel's."""
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (source,) = folder.glob("leadsquared_importer-*")
    (source / "importer").rename(folder / "not_importer")
    place = said([bin_ / "python", "-c", "import importer; print(importer.__file__)"], source, env)
    expect_inside(place.strip(), folder)
    tests = [bin_ / "python", "-m", "pytest", "-p", "no:cacheprovider", *TESTS]
    say(said(tests, source, env).splitlines()[-1])


def expect(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise DistError(f"{what}: {found!r}, and should be {wanted!r}")


def expect_inside(place: str, folder: Path) -> None:
    if not Path(place).resolve().is_relative_to((folder / "venv").resolve()):
        raise DistError(f"the package that was tried is not the wheel's, but {place}")


# Commands


def install(command: Sequence[object], env: Mapping[str, str]) -> None:
    """Raises DistError: with what can be done where the registry can't be reached."""
    try:
        said(command, ROOT, env)
    except DistError as error:
        raise DistError(
            f"{error}\nPackages come from the registry that pip knows (pip config list): is the"
            " network there?"
        ) from error


def said(command: Sequence[object], folder: Path, env: Mapping[str, str] | None = None) -> str:
    """What it prints. Raises DistError: it fails."""
    line = [str(part) for part in command]
    ended = subprocess.run(
        line, cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if ended.returncode:
        told = "\n".join(f"{ended.stdout}\n{ended.stderr}".strip().splitlines()[-20:])
        raise DistError(f"{shlex.join(line)} ended with {ended.returncode}:\n{told}")
    return ended.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
