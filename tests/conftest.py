"""What several tests need: the project's folder, the built program, and one result file that it wrote."""

import os
import subprocess
from pathlib import Path

import matplotlib as mpl
import pytest

mpl.use("Agg")


@pytest.fixture(scope="session")
def repo() -> Path:
    """The project's root."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def nadir_cli(repo: Path) -> Path:
    """The program: NADIR_CLI, or the one that scripts/test builds."""
    program = Path(os.environ.get("NADIR_CLI", repo / "build/release/sim/cli/nadir"))
    assert program.is_file(), f"{program} is not built; run scripts/test, or name another program in NADIR_CLI"
    return program


@pytest.fixture(scope="session")
def scenario(repo: Path) -> Path:
    """The main scenario: docetaxel every three weeks, six cycles."""
    return repo / "configs/docetaxel_q3w.toml"


@pytest.fixture(scope="session")
def nadir_file(nadir_cli: Path, scenario: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Result file of 200 patients of the main scenario, written by the program."""
    path = tmp_path_factory.mktemp("results") / "docetaxel_q3w.h5"
    subprocess.run([nadir_cli, "run", scenario, "--patients", "200", "-o", path, "--quiet"], check=True)
    return path
