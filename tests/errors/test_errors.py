"""One file a mistake: `cases/*.toml`, each with the message it must give beside it.

NADIR_UPDATE=1 rewrites the messages; read the difference before you commit it.
"""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.toml")))
def test_a_mistake_gets_its_message_and_leaves_nothing(name: str, nadir_cli: Path, tmp_path: Path) -> None:
    output = tmp_path / "never.h5"
    start = time.monotonic()
    done = subprocess.run(
        [nadir_cli, "run", f"{name}.toml", "-o", output], cwd=CASES, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert time.monotonic() - start < 1.0
    assert list(tmp_path.iterdir()) == []
    expected = CASES / f"{name}.txt"
    if os.environ.get("NADIR_UPDATE"):
        expected.write_text(done.stderr)
    assert done.stderr == expected.read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "no_such_file.toml"], "there is no file 'no_such_file.toml'"),
        (["run", "."], "'.' is not a file"),
        (["run", "unknown_key.toml", "--threads", "0"], "threads"),
        (["run", "../../../configs/docetaxel_q3w.toml", "-o", "/nowhere/x.h5"], "the folder '/nowhere' does not exist"),
        (["run", "../../../configs/docetaxel_q3w.toml", "-o", "/proc/x.h5"], "cannot write in '/proc'"),
        (["check", "../../../configs/docetaxel_q3w.toml", "--set", "time.end"], "a setting is written key=value"),
        (["check", "../../../configs/docetaxel_q3w.toml", "--patients", "0"], "--patients:1:9: error: 'patients' is 0"),
        (
            ["run", "../../../configs/docetaxel_q3w.toml", "--patients", "1000000000", "-o", "/tmp/never.h5"],
            "No space left on device (the file needs 780",
        ),
        (["models", "netterberg2018"], "did you mean 'netterberg2017'?"),
        (["presets", "docetaxel_q4w"], "did you mean 'docetaxel_q3w'?"),
        (["fly"], ""),
    ],
)
def test_a_wrong_command_exits_with_2(arguments: list[str], words: str, nadir_cli: Path) -> None:
    done = subprocess.run([nadir_cli, *arguments], cwd=CASES, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert words in done.stderr


def test_an_existing_result_is_kept(nadir_cli: Path, repo: Path, tmp_path: Path) -> None:
    output = tmp_path / "precious.h5"
    output.write_text("precious")
    done = subprocess.run(
        [nadir_cli, "run", repo / "configs/docetaxel_q3w.toml", "-o", output],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "the file exists already" in done.stderr
    assert output.read_text() == "precious"
