"""`python -m sample_data.make`: writes the generated files of this folder, the same at each run.

What it leaves alone: the lists that were typed by hand (trade_show.csv, kyc.csv, and the small
ones beside them), and error_password.xlsx where it is there: encryption salts each file anew.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from sample_data.writers.hostile import hostile_files
from sample_data.writers.lists import list_files
from sample_data.writers.odd_workbooks import odd_workbook_files
from sample_data.writers.texts import text_files
from sample_data.writers.workbooks import encrypted, workbook_files

FOLDER = Path(__file__).parent
TROUBLES, HOSTILE = FOLDER / "troubles", FOLDER / "hostile"
PASSWORD_FILE = TROUBLES / "error_password.xlsx"


def generated() -> Mapping[Path, bytes]:
    """Every file that is the same at each run."""
    troubles = {**workbook_files(), **odd_workbook_files(), **text_files()}
    return {
        **{FOLDER / name: content for name, content in list_files().items()},
        **{TROUBLES / name: content for name, content in troubles.items()},
        **{HOSTILE / name: content for name, content in hostile_files().items()},
    }


def main() -> None:
    for folder in (TROUBLES, HOSTILE):
        folder.mkdir(exist_ok=True)
    files = generated()
    for path, content in files.items():
        path.write_bytes(content)
    if not PASSWORD_FILE.exists():
        PASSWORD_FILE.write_bytes(encrypted())
    sys.stdout.write(f"{len(files)} files written in {FOLDER}\n")


if __name__ == "__main__":
    main()
