"""The program on a terminal and in a pipe."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import time
from pathlib import Path

import pytest


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_ends_within_two_seconds_and_leaves_no_result(
    stop: signal.Signals, nadir_cli: Path, repo: Path, tmp_path: Path
) -> None:
    command = [
        nadir_cli,
        "run",
        repo / "configs/docetaxel_q3w.toml",
        "--patients",
        "1000000",
        "--set",
        "time.sample=21 d",
    ]
    with subprocess.Popen([*command, "-o", tmp_path / "big.h5"], stderr=subprocess.PIPE, text=True) as run:
        time.sleep(1.0)
        run.send_signal(stop)
        start = time.monotonic()
        _, words = run.communicate()
        assert time.monotonic() - start < 2.0
    assert run.returncode == 130
    assert "nothing was written" in words
    left = [path.name for path in tmp_path.iterdir()]
    assert left == (["big.h5.parts"] if "continue with --resume" in words else [])


def test_a_pipe_sees_the_summary_and_no_progress(nadir_cli: Path, repo: Path, tmp_path: Path) -> None:
    command = [nadir_cli, "run", repo / "configs/docetaxel_q3w.toml", "--patients", "500", "-o", tmp_path / "a.h5"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "grade 4 neutropenia" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_terminal_sees_progress_with_the_time_left(nadir_cli: Path, repo: Path, tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    command = [nadir_cli, "run", repo / "configs/docetaxel_q3w.toml", "--patients", "2000", "-o", tmp_path / "a.h5"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=follower) as run:
        run.wait()
    os.close(follower)
    assert b"s left" in os.read(leader, 65536)
    os.close(leader)


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["models"], ["models", "netterberg2017"], ["presets"], ["schema"]]
)
def test_commands_answer(arguments: list[str], nadir_cli: Path) -> None:
    done = subprocess.run([nadir_cli, *arguments], capture_output=True, text=True, check=True)
    assert done.stdout


def test_an_instruction_set_that_is_not_there_is_refused(nadir_cli: Path, repo: Path, tmp_path: Path) -> None:
    command = [nadir_cli, "run", repo / "configs/first_patient.toml", "-o", tmp_path / "a.h5"]
    environment = {**os.environ, "NADIR_ISA": "pdp11"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("error: NADIR_ISA is 'pdp11'; this machine has: ")
    assert list(tmp_path.iterdir()) == []
