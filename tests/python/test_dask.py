"""`nadir.run` on a Dask cluster gives the local result, whatever dies on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import dask
import pytest
import xarray as xr
from distributed import Client, LocalCluster

import nadir

SHARDS = 12
SCENARIO = """
format = 1
title = "one cycle on a cluster"
[ensemble]
patients = 24_000
[time]
end = "21 d"
[output]
series = 10
[covariates]
bsa = 1.8
[[marrow]]
model = "netterberg2017"
[[treatment]]
drug = "docetaxel"
kinetics = "docetaxel_bruno1996"
effect = "netterberg2017_docetaxel"
dose = "100 mg/m^2"
duration = "1 h"
"""

DRIVER = """
import sys
import nadir
from distributed import Client, LocalCluster

if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        nadir.run(open(sys.argv[1]).read(), client=client, shards=int(sys.argv[2]), folder=sys.argv[3])
"""


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """Two worker processes. Dask gives up a task as soon as its worker has died, so that every death is blamed."""
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster,
        Client(cluster) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def local() -> xr.Dataset:
    """The same run in one piece."""
    return nadir.run(SCENARIO)


def finished(folder: Path) -> dict[str, int]:
    """The shards of a folder with their times."""
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("shard-*.h5")}


def test_a_cluster_gives_the_local_result(client: Client, local: xr.Dataset, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    result = nadir.run(
        SCENARIO,
        client=client,
        shards=SHARDS,
        folder=tmp_path,
        progress=lambda done, total: steps.append((done, total)),
    )
    xr.testing.assert_identical(result, local)
    assert result.attrs["result_hash"] == local.attrs["result_hash"]
    assert nadir.summary(result) == nadir.summary(local)
    assert steps == [(done, SHARDS) for done in range(1, SHARDS + 1)]
    xr.testing.assert_identical(nadir.open(tmp_path / "result.h5"), local)


def test_without_a_folder_nothing_is_left(
    client: Client, repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    scenario = Path(
        os.path.relpath(repo / "configs/docetaxel_q3w.toml")
    )  # workers stand elsewhere and must find it too
    result = nadir.run(scenario, client=client, shards=3, patients=30, seed=5, set="time.end=21 d")
    local = nadir.run(os.path.abspath(scenario), patients=30, seed=5, set="time.end=21 d")
    xr.testing.assert_identical(result, local)
    assert list(tmp_path.iterdir()) == []


def test_killed_workers_cost_nothing_but_time(client: Client, local: xr.Dataset, tmp_path: Path) -> None:
    before: dict[str, int] = {}
    killed: list[int] = []

    def kill(done: int, total: int) -> None:
        if done in (3, 6):
            before.update(finished(tmp_path))
            worker = next(pid for pid in client.run(os.getpid).values() if pid not in killed)
            os.kill(worker, signal.SIGKILL)
            killed.append(worker)

    result = nadir.run(SCENARIO, client=client, shards=SHARDS, folder=tmp_path, progress=kill)
    assert len(killed) == 2
    assert before.items() <= finished(tmp_path).items()
    xr.testing.assert_identical(result, local)


def test_a_killed_driver_is_run_again_and_keeps_the_finished_shards(
    client: Client, local: xr.Dataset, tmp_path: Path
) -> None:
    driver, scenario, folder = tmp_path / "driver.py", tmp_path / "scenario.toml", tmp_path / "shards"
    driver.write_text(DRIVER)
    scenario.write_text(SCENARIO)
    folder.mkdir()
    with subprocess.Popen(
        [sys.executable, driver, scenario, str(SHARDS), folder], stderr=subprocess.DEVNULL
    ) as process:
        while len(finished(folder)) < 3 and process.poll() is None:
            time.sleep(0.02)
        process.kill()
    before = finished(folder)
    assert 3 <= len(before) < SHARDS
    result = nadir.run(SCENARIO, client=client, shards=SHARDS, folder=folder)
    assert before.items() <= finished(folder).items()
    xr.testing.assert_identical(result, local)


def test_a_mistake_arrives_before_any_shard_is_made(client: Client, tmp_path: Path) -> None:
    with pytest.raises(nadir.ScenarioError, match="did you mean 'patients'"):
        nadir.run(SCENARIO.replace("patients =", "patient ="), client=client, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_shards_of_another_scenario_are_refused(client: Client, tmp_path: Path) -> None:
    nadir.run(SCENARIO, patients=10, client=client, shards=2, folder=tmp_path)
    with pytest.raises(OSError, match=r"shard-0000[12]-of-00002\.h5"):
        nadir.run(SCENARIO, patients=10, seed=2, client=client, shards=2, folder=tmp_path)


def test_without_dask_the_next_step_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ImportError, match=r"pip install 'nadir\[dask\]'"):
        nadir.run(SCENARIO, client=object(), folder=tmp_path)  # type: ignore[arg-type]


def test_what_is_no_client_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match=r"client is a str; it must be a dask\.distributed\.Client"):
        nadir.run(SCENARIO, client="tcp://10.0.0.1:8786", folder=tmp_path)  # type: ignore[arg-type]


def test_shards_without_a_client_are_refused() -> None:
    with pytest.raises(ValueError, match="give its client too"):
        nadir.run(SCENARIO, shards=4)


def test_fewer_than_one_shard_is_refused(client: Client) -> None:
    with pytest.raises(ValueError, match="shards is 0"):
        nadir.run(SCENARIO, client=client, shards=0)
