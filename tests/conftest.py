"""What the Python tests share."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def repo() -> Path:
    """The project's root."""
    return ROOT


@pytest.fixture(scope="session")
def nadir_cli() -> Path:
    """The command-line program, as scripts/test builds it."""
    program = Path(os.environ.get("NADIR_CLI", ROOT / "build/release/sim/cli/nadir"))
    assert program.is_file(), f"{program} is missing: run ./scripts/test"
    return program


@pytest.fixture(scope="session")
def nadir_file(nadir_cli: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A result of the command line: the main scenario with 200 patients."""
    path = tmp_path_factory.mktemp("result") / "docetaxel.h5"
    subprocess.run(
        [nadir_cli, "run", ROOT / "configs/docetaxel_q3w.toml", "--patients", "200", "-o", path, "-q"], check=True
    )
    return path


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Data that are not part of the project; tests that need them are skipped where they are absent."""
    folder = Path(os.environ.get("NADIR_SHARED_DATA", ROOT.parent / "shared/data"))
    if not folder.is_dir():
        pytest.skip(f"NOT CHECKED: the folder {folder} is not on this machine (set NADIR_SHARED_DATA)")
    return folder
