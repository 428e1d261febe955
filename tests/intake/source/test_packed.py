import gzip
import hashlib
import io
import stat
import struct
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest

from importer.errors import SourceError
from importer.intake.source.file import Reading, Source
from importer.intake.source.kind import EXPORT, UNPACK
from importer.intake.source.open import open_source
from importer.intake.source.packed import PackedSource
from importer.intake.source.packed_file import HARMLESS
from importer.model import Block
from tests.hostile.limits import previewed
from tests.intake.source.workbooks import HEADER, rows_of, sheet_xml, workbook_parts

CSV = "Name;Ort\r\nAsha;Köln\r\nJonas;Kiel\r\n".encode()
BLOCK = Block(2, [["Asha", "Köln"], ["Jonas", "Kiel"]])
DAMAGED = "the archive is damaged: it can't be unpacked"


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, which is empty at first."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def zipped(path: Path, files: Mapping[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def gzipped(path: Path, content: bytes) -> Path:
    path.write_bytes(gzip.compress(content, mtime=0))
    return path


def refusal(path: Path, reading: Reading | None = None) -> tuple[str, str | None, str | None]:
    with pytest.raises(SourceError) as caught:
        list(open_source(path, reading or Reading()).blocks())
    error = caught.value
    assert "importer-" not in f"{error.what}{error.where}{error.fix}", "no temporary path"
    return error.what, error.where, error.fix


def workbook() -> bytes:
    row = '<row r="2"><c r="A2"><v>7</v></c></row>'
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in workbook_parts(sheet_xml(HEADER + row)).items():
            archive.writestr(name, part)
    return content.getvalue()


def is_of(source: Source, path: Path) -> bool:
    content = path.read_bytes()
    found = (source.path, source.sha256, source.size, source.changed_ns)
    wanted = (path, hashlib.sha256(content).hexdigest(), len(content), path.stat().st_mtime_ns)
    return found == wanted


def test_the_one_list_in_a_zip_archive_is_read(tmp_path: Path, temporary: Path) -> None:
    path = zipped(
        tmp_path / "outer.zip",
        {
            "lists/": "",
            "lists/leads.csv": CSV,
            "__MACOSX/lists/._leads.csv": b"\0\5\x16\7",
            ".DS_Store": b"\0\0\0\1Bud1",
            "Thumbs.db": b"",
        },
    )
    source = open_source(path)

    assert is_of(source, path)
    assert source.found == ('"leads.csv" in a zip archive', "UTF-8", "separated by semicolons")
    assert (source.header, source.delimiter, source.sheet) == (("Name", "Ort"), ";", None)
    (folder,) = temporary.iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert list(source.blocks()) == list(source.blocks()) == [BLOCK], "it can be read again"
    assert isinstance(source, PackedSource)
    source.release()
    assert not [*temporary.iterdir()], "nothing is left when it is let go of"
    assert list(source.blocks()) == [BLOCK], "it can be read once more, all the same"
    source.release()
    assert not [*temporary.iterdir()]


def test_the_list_in_a_gzip_file_is_read(tmp_path: Path, temporary: Path) -> None:
    path = gzipped(tmp_path / "leads.csv.GZ", CSV)
    source = open_source(path)

    assert is_of(source, path)
    assert source.found == ('"leads.csv" in a gzip file', "UTF-8", "separated by semicolons")
    assert list(source.blocks()) == [BLOCK]
    del source
    assert not [*temporary.iterdir()]


def test_a_workbook_in_an_archive_is_a_workbook(tmp_path: Path) -> None:
    path = zipped(tmp_path / "outer.zip", {"leads.xlsx": workbook(), "letter.pdf": "%PDF-1.7"})
    source = open_source(path, Reading(sheet="Leads"))

    assert (source.encoding, source.sheet) == ("xlsx", "Leads")
    assert source.found == (
        '"leads.xlsx" in a zip archive', ".xlsx workbook", 'sheet "Leads"',
    )  # fmt: skip
    assert [row.cells for row in rows_of(source)] == [["7"]]


def test_a_source_that_is_not_read_leaves_nothing(tmp_path: Path, temporary: Path) -> None:
    source = open_source(gzipped(tmp_path / "leads.csv.gz", CSV))
    assert [*temporary.iterdir()]
    del source
    assert not [*temporary.iterdir()]


@pytest.mark.parametrize(
    ("files", "what", "fix"),
    [
        (
            {"a.csv": CSV, "b/c.xlsx": b"PK", "d": b""},
            'there are 3 tables in the zip archive: "a.csv", "b/c.xlsx", "d"',
            "unpack it, and import each of them by itself",
        ),
        (
            {f"{i}.csv": CSV for i in range(7)},
            'there are 7 tables in the zip archive: "0.csv", "1.csv", "2.csv", "3.csv", "4.csv", …',
            "unpack it, and import each of them by itself",
        ),
        (
            {"a/": "", "letter.pdf": b"%PDF"},
            'there is no table in the zip archive; in it: "letter.pdf"',
            EXPORT,
        ),
        ({"__MACOSX/a.csv": CSV}, "there is no table in the zip archive", EXPORT),
    ],
)
def test_only_one_table_may_be_inside(
    tmp_path: Path, files: Mapping[str, bytes], what: str, fix: str
) -> None:
    path = zipped(tmp_path / "outer.zip", files)
    assert refusal(path) == (what, str(path), fix)


@pytest.mark.parametrize("inner", ["zip", "gzip"])
def test_an_archive_in_an_archive_is_refused(tmp_path: Path, inner: str) -> None:
    inside = tmp_path / "inside"
    content = zipped(inside, {"leads.csv": CSV}) if inner == "zip" else gzipped(inside, CSV)
    path = zipped(tmp_path / "outer.zip", {"leads": content.read_bytes()})
    assert refusal(path) == (
        "there is another archive in the archive",
        f"{path}, leads",
        UNPACK,
    )


@pytest.mark.parametrize(
    ("content", "what", "place"),
    [
        (b"", "the file is empty", ""),
        (b"%PDF-1.7\n", "this is a PDF", ""),
        (b'Name,City\nAsha,"Pune\n', "a quotation mark is opened in this row", ", row 2"),
        (b"PK\3\4 no archive", "the workbook is damaged: its archive can't be unpacked", ""),
    ],
)
@pytest.mark.parametrize("kind", ["zip", "gzip"])
def test_what_is_wrong_inside_names_both_files(
    tmp_path: Path, kind: str, content: bytes, what: str, place: str
) -> None:
    path = tmp_path / ("outer.zip" if kind == "zip" else "leads.csv.gz")
    if kind == "zip":
        zipped(path, {"leads.csv": content})
    else:
        gzipped(path, content)
    found, where, _ = refusal(path)
    assert found.startswith(what)
    assert where == f"{path}, leads.csv{place}"


def test_options_of_the_wrong_kind_name_both_files(tmp_path: Path) -> None:
    path = zipped(tmp_path / "outer.zip", {"leads.xlsx": workbook()})
    what, where, _ = refusal(path, Reading(delimiter=";"))
    assert what == "a workbook has no delimiter: only text files have one"
    assert where == f"{path}, leads.xlsx"


def test_a_locked_archive_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "outer.zip", {"leads.csv": CSV})
    content = bytearray(path.read_bytes())
    directory = content.index(b"PK\1\2")
    for at in (6, directory + 8):
        struct.pack_into("<H", content, at, 1)
    path.write_bytes(content)
    assert refusal(path) == (
        "the zip archive is locked with a password",
        f"{path}, leads.csv",
        "unpack it with the password, and import the file that is in it",
    )


def test_a_rare_method_is_told(tmp_path: Path) -> None:
    path = tmp_path / "outer.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("leads.csv", CSV)
    what, where, fix = refusal(path)
    assert what == "it is packed by a method that few programs know (14)"
    assert (where, fix) == (f"{path}, leads.csv", UNPACK)


@pytest.mark.parametrize("kind", ["zip", "gzip"])
def test_a_bomb_is_refused(tmp_path: Path, temporary: Path, kind: str) -> None:
    content = b"a" * (HARMLESS + (8 << 20))
    path = tmp_path / "outer"
    if kind == "zip":
        zipped(path, {"leads.csv": content})
    else:
        gzipped(path, content)
    what, where, _ = refusal(path)
    assert what.startswith("the archive is a bomb: ")
    assert where == f"{path}, {'leads.csv' if kind == 'zip' else 'outer'}"
    assert not [*temporary.iterdir()]
    ended = previewed(path)
    assert ended.code == 2, ended


@pytest.mark.parametrize("kind", ["zip", "gzip"])
def test_half_an_archive_is_damaged(tmp_path: Path, kind: str) -> None:
    text = Random(1).randbytes(9000).hex().encode()
    path = tmp_path / "outer"
    if kind == "zip":
        zipped(path, {"leads.csv": text})
        content = bytearray(path.read_bytes())
        content[200] ^= 255
    else:
        content = bytearray(gzipped(path, text).read_bytes()[:5000])
    path.write_bytes(content)
    what, where, fix = refusal(path)
    assert what.startswith(DAMAGED)
    assert where == str(path)
    assert fix


@pytest.mark.parametrize("seed", range(30))
def test_bytes_that_are_wrong_end_in_rows_or_a_refusal(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    path = tmp_path / "outer.zip"
    content = bytearray(zipped(path, {"leads.csv": CSV * 20, "a/": ""}).read_bytes())
    for _ in range(1 + seed % 5):
        content[random.randrange(4, len(content))] = random.randrange(256)
    path.write_bytes(content)
    try:
        source = open_source(path)
    except SourceError:
        return
    assert list(source.blocks())


def test_names_that_lead_out_of_the_archive_lead_nowhere(tmp_path: Path, temporary: Path) -> None:
    path = zipped(tmp_path / "outer.zip", {"../../evil.csv": CSV})
    source = open_source(path)
    assert source.found[0] == '"evil.csv" in a zip archive'
    (folder,) = temporary.iterdir()
    assert [each.name for each in folder.iterdir()] == ["list.csv"]
    assert not [*tmp_path.parent.rglob("evil.csv")]


def test_a_changed_archive_is_noticed(tmp_path: Path) -> None:
    path = zipped(tmp_path / "outer.zip", {"leads.csv": CSV})
    source = open_source(path)
    zipped(path, {"leads.csv": CSV * 2})
    with pytest.raises(SourceError, match="the file was changed while it was being read"):
        list(source.blocks())
