"""A run of any size: it can be stopped at any moment, continued, and two never write the same file."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import h5py
import pytest
import xarray as xr

import nadir

PATIENTS = 6000
Run = Callable[..., subprocess.CompletedProcess[str]]


def command(program: Path, *arguments: object) -> list[str]:
    """A run in ranges of 1024 patients: the series of all of them are long enough."""
    changes = ["--set", "time.sample=0.05 d", "--set", f"output.series={PATIENTS}", "--set", "time.end=60 d"]
    first = [str(program), "run", "docetaxel_q3w", "--patients", str(PATIENTS), *changes]
    return [*first, *map(str, arguments)]


@pytest.fixture
def run(nadir_cli: Path) -> Run:
    """Runs the scenario with more arguments to its end."""

    def call(*arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command(nadir_cli, *arguments), capture_output=True, text=True, check=False)

    return call


@pytest.fixture(scope="module")
def undisturbed(nadir_cli: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the run gives when nothing happens to it."""
    path = tmp_path_factory.mktemp("undisturbed") / "out.h5"
    subprocess.run(command(nadir_cli, "-q", "-o", path), check=True)
    return path


def finished_patients(parts: Path) -> int:
    """Patients that the journal of a work folder lists."""
    journal = parts / "journal"
    lines = journal.read_text().splitlines() if journal.exists() else []
    return sum(int(line.split()[2]) for line in lines if line.startswith("range"))


def stop_midway(program: Path, out: Path, how: signal.Signals) -> str:
    """Starts the run and stops it as soon as some of it is finished; what it said."""
    parts = Path(f"{out}.parts")
    with subprocess.Popen(command(program, "-o", out), stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and finished_patients(parts) == 0:
            time.sleep(0.01)
        process.send_signal(how)
        _, words = process.communicate()
    assert 0 < finished_patients(parts) < PATIENTS
    assert not out.exists()
    return words


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_stopped_run_is_continued_to_the_same_bytes(
    how: signal.Signals, nadir_cli: Path, run: Run, undisturbed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.h5"
    words = stop_midway(nadir_cli, out, how)
    if how == signal.SIGINT:
        assert "continue with --resume" in words
    refused = run("-o", out)
    assert refused.returncode == 2
    assert "continue it with --resume, or discard it with --overwrite" in refused.stderr
    assert run("-o", out, "--resume").returncode == 0
    assert out.read_bytes() == undisturbed.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["out.h5"]


def test_a_stopped_run_may_be_discarded(nadir_cli: Path, run: Run, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.h5"
    stop_midway(nadir_cli, out, signal.SIGKILL)
    assert run("-o", out, "--overwrite").returncode == 0
    assert out.read_bytes() == undisturbed.read_bytes()


def test_a_run_of_another_scenario_is_not_continued(nadir_cli: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.h5"
    stop_midway(nadir_cli, out, signal.SIGKILL)
    before = finished_patients(Path(f"{out}.parts"))
    done = run("-o", out, "--resume", "--seed", "5")
    assert done.returncode == 2
    assert "of another scenario" in done.stderr
    assert finished_patients(Path(f"{out}.parts")) == before


def test_a_line_that_was_being_written_is_dropped(nadir_cli: Path, run: Run, undisturbed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.h5"
    stop_midway(nadir_cli, out, signal.SIGKILL)
    with (tmp_path / "out.h5.parts/journal").open("a") as journal:
        journal.write("range 99")
    assert run("-o", out, "--resume").returncode == 0
    assert out.read_bytes() == undisturbed.read_bytes()


@pytest.mark.parametrize("damaged", ["data.h5", "tally", "journal"])
def test_damaged_work_is_not_continued(damaged: str, nadir_cli: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.h5"
    stop_midway(nadir_cli, out, signal.SIGKILL)
    [victim] = [path for path in (tmp_path / "out.h5.parts").iterdir() if path.name.startswith(damaged)]
    content = bytearray(victim.read_bytes())
    head = content[:3_000_000].rstrip(bytes(1))  # of the data: the first range of patients
    at = content.rindex(b"range") if damaged == "journal" else len(head) - 1
    content[at] ^= 1
    victim.write_bytes(content)
    done = run("-o", out, "--resume")
    assert done.returncode == 2
    assert "--overwrite" in done.stderr
    assert not out.exists()


def test_a_second_writer_of_the_same_file_is_refused(nadir_cli: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.h5"
    with subprocess.Popen(command(nadir_cli, "-q", "-o", out)) as first:
        while not (tmp_path / "out.h5.parts/journal").exists():
            time.sleep(0.01)
        for extra in ([], ["--resume"], ["--overwrite"]):
            start = time.monotonic()
            second = run("-o", out, *extra)
            assert time.monotonic() - start < 1.0
            assert second.returncode == 2
            assert "another run is writing this file" in second.stderr
    assert first.returncode == 0
    assert out.exists()


def test_the_result_hash_is_printed_stored_and_the_same_in_python(
    nadir_cli: Path, nadir_file: Path, repo: Path
) -> None:
    printed = subprocess.run([nadir_cli, "hash", nadir_file], capture_output=True, text=True, check=True).stdout.strip()
    with h5py.File(nadir_file) as file:
        stored = file.attrs["result_hash"]
        assert (stored.decode() if isinstance(stored, bytes) else stored) == printed
    assert nadir.run(repo / "configs/docetaxel_q3w.toml", patients=200).attrs["result_hash"] == printed


def test_the_result_hash_is_of_numbers_and_not_of_texts(nadir_cli: Path, nadir_file: Path, tmp_path: Path) -> None:
    def hash_of(path: Path) -> str:
        return subprocess.run([nadir_cli, "hash", path], capture_output=True, text=True, check=True).stdout

    other = tmp_path / "other.h5"
    other.write_bytes(nadir_file.read_bytes())
    with h5py.File(other, "a") as file:
        file.attrs["title"] = "another title"
    assert hash_of(other) == hash_of(nadir_file)
    with h5py.File(other, "a") as file:
        file["anc.nadir"][7] += 1e-9
    assert hash_of(other) != hash_of(nadir_file)


def test_a_run_with_long_series_is_identical_in_python(undisturbed: Path) -> None:
    changes = ["time.sample=0.05 d", f"output.series={PATIENTS}", "time.end=60 d"]
    result = nadir.run("docetaxel_q3w", patients=PATIENTS, set=changes)
    with xr.open_dataset(undisturbed, engine="h5netcdf", decode_timedelta=False) as file:
        xr.testing.assert_equal(result.drop_attrs(), file.load().drop_attrs())


@pytest.mark.skipif(os.geteuid() != 0, reason="THE FULL DISK WAS NOT TESTED: making a small disk needs the superuser")
def test_a_disk_that_is_too_small_is_refused_before_simulating(nadir_cli: Path, tmp_path: Path) -> None:
    script = f"mount -t tmpfs -o size=4m none {tmp_path} && exec {nadir_cli} run docetaxel_q3w -o {tmp_path}/out.h5"
    start = time.monotonic()
    done = subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True, text=True, check=False)
    if "permitted" in done.stderr:
        pytest.skip("THE FULL DISK WAS NOT TESTED: this machine gives no mounts of one's own")
    assert time.monotonic() - start < 1.0
    assert done.returncode == 2
    assert f"{tmp_path}/out.h5: error: " in done.stderr
    assert "No space left on device (the file needs " in done.stderr
