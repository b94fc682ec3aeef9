"""The campaigns at the size of continuous integration."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def campaign(script: str, program: Path, folder: Path, *options: str) -> str:
    """Runs a campaign, which must find nothing wrong, and returns its verdict."""
    command = [sys.executable, Path(__file__).with_name(script), program, "--folder", folder, *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def test_a_hundred_kills_lose_nothing(nadir_cli: Path, tmp_path: Path) -> None:
    verdict = campaign("kill.py", nadir_cli, tmp_path, "--kills", "100")
    assert int(verdict.split()[0]) >= 100


def test_every_fault_of_the_disk_is_taken_in_order(nadir_cli: Path, tmp_path: Path) -> None:
    verdict = campaign("fault.py", nadir_cli, tmp_path, "--calls", "3")
    assert int(verdict.split()[0]) >= 100
