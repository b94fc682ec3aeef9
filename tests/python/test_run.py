"""`nadir.run`: the same answer as the program, watched, interruptible, and clear about mistakes."""

import os
import pickle
import signal
import subprocess
import threading
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import nadir

SMALL = """
format = 1
title = "one cycle"
[ensemble]
patients = 20
[time]
end = "21 d"
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
BAD = SMALL.replace("patients = 20", "patient = 20")


@pytest.fixture
def interrupted() -> Iterator[list[float]]:
    """Sends the process Ctrl-C after 0.3 s; holds the time of the signal."""
    sent: list[float] = []

    def interrupt() -> None:
        sent.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(0.3, interrupt)
    timer.start()
    yield sent
    timer.cancel()


def test_a_run_is_identical_to_the_file_that_the_program_writes(repo: Path, nadir_file: Path) -> None:
    result = nadir.run(repo / "configs/docetaxel_q3w.toml", patients=200)
    xr.testing.assert_identical(result, nadir.open(nadir_file))


def test_the_number_of_threads_changes_nothing() -> None:
    xr.testing.assert_identical(nadir.run(SMALL, threads=1), nadir.run(SMALL, threads=2))


def test_a_patient_is_the_same_alone_and_in_company() -> None:
    many, few = nadir.run(SMALL), nadir.run(SMALL, patients=5)
    xr.testing.assert_equal(few["anc"], many["anc"].isel(series=slice(5)))


def test_another_seed_is_other_people() -> None:
    first, second = nadir.run(SMALL, seed=1), nadir.run(SMALL, seed=2)
    assert (first["netterberg2017.mtt"] != second["netterberg2017.mtt"]).all()


def test_a_dict_runs_like_the_text_it_stands_for() -> None:
    table = tomllib.loads(SMALL)
    table["ensemble"]["patients"] = np.int64(20)
    table["covariates"]["bsa"] = np.float64(1.8)
    from_dict, from_text = nadir.run(table), nadir.run(SMALL)
    assert tomllib.loads(from_dict.attrs.pop("scenario")) == tomllib.loads(from_text.attrs.pop("scenario"))
    xr.testing.assert_identical(from_dict, from_text)


def test_a_dict_with_a_value_that_toml_lacks_is_refused() -> None:
    with pytest.raises(TypeError, match="a scenario cannot hold None"):
        nadir.run({"format": 1, "title": None})


def test_a_preset_runs_by_its_name() -> None:
    assert nadir.run("docetaxel_q3w", patients=2).sizes["patient"] == 2


@pytest.mark.parametrize("change", ["treatment.docetaxel.dose=50 mg/m^2", ["treatment.docetaxel.dose=50 mg/m^2"]])
def test_one_change_or_a_list_of_them_can_be_set(change: str | list[str]) -> None:
    np.testing.assert_allclose(nadir.run(SMALL, set=change)["dose.amount"], 50 * 1.8)


def test_less_drug_for_the_same_people_is_a_higher_nadir_for_each() -> None:
    full, half = nadir.run(SMALL), nadir.run(SMALL, set="treatment.docetaxel.dose=50 mg/m^2")
    xr.testing.assert_equal(full["docetaxel.anc.slope"], half["docetaxel.anc.slope"])
    assert (half["anc.nadir"] > full["anc.nadir"]).all()


def test_progress_rises_to_the_total_on_the_calling_thread() -> None:
    calls: list[tuple[int, int]] = []
    threads = {threading.get_ident()}

    def progress(done: int, total: int) -> None:
        calls.append((done, total))
        threads.add(threading.get_ident())

    nadir.run(SMALL, patients=500, progress=progress)
    assert threads == {threading.get_ident()}
    assert {total for _, total in calls} == {500}
    assert [done for done, _ in calls] == sorted(done for done, _ in calls)
    assert calls[-1] == (500, 500)


def test_an_error_in_progress_ends_the_run() -> None:
    def refuse(done: int, total: int) -> None:
        raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        nadir.run(SMALL, patients=100_000, progress=refuse)


def test_a_bar_is_shown_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    nadir.run(SMALL, progress=True)
    assert "patients" in capsys.readouterr().err


def test_no_bar_is_shown_away_from_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    nadir.run(SMALL)
    assert capsys.readouterr().err == ""


def test_other_threads_run_meanwhile() -> None:
    ticks = 0
    finished = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not finished.wait(0.001):
            ticks += 1

    clock = threading.Thread(target=tick)
    clock.start()
    start = time.monotonic()
    nadir.run(SMALL, patients=2_000)
    lasted = time.monotonic() - start
    finished.set()
    clock.join()
    assert ticks > 100 * lasted  # far more often than the engine takes the lock itself


def test_ctrl_c_ends_a_run_within_two_seconds(interrupted: list[float]) -> None:
    with pytest.raises(KeyboardInterrupt):
        nadir.run(SMALL, patients=100_000)
    assert time.monotonic() - interrupted[0] < 2.0


def test_a_mistake_arrives_with_its_place_and_a_hint(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(BAD)
    with pytest.raises(nadir.ScenarioError) as caught:
        nadir.run(path)
    error = caught.value
    assert (error.file, error.line, error.column) == (str(path), 5, 1)
    assert error.hint == "did you mean 'patients'?"
    assert error.problems[0]["message"] == "unknown key 'patient' in [ensemble]"


def test_a_mistake_reads_as_the_program_prints_it(nadir_cli: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(BAD)
    program = subprocess.run([nadir_cli, "check", path], capture_output=True, text=True, check=False)
    with pytest.raises(nadir.ScenarioError) as caught:
        nadir.check(path)
    assert program.returncode == 2
    assert program.stderr == str(caught.value)


def test_all_mistakes_come_together() -> None:
    with pytest.raises(nadir.ScenarioError) as caught:
        nadir.check(BAD.replace('"21 d"', '"21 mg"'))
    assert [problem["line"] for problem in caught.value.problems] == [5, 7]


def test_a_mistake_survives_pickling() -> None:
    with pytest.raises(nadir.ScenarioError) as caught:
        nadir.check(BAD)
    copy = pickle.loads(pickle.dumps(caught.value))
    assert str(copy) == str(caught.value)
    assert copy.problems == caught.value.problems


def test_fewer_than_no_threads_are_refused() -> None:
    with pytest.raises(ValueError, match="threads is -1"):
        nadir.run(SMALL, threads=-1)


def test_check_shows_the_plan_without_running_it() -> None:
    plan = nadir.check(SMALL, set="treatment.docetaxel.cycles=1")
    assert "netterberg2017.mtt" in plan
    assert "100 mg/m^2" in plan


def test_the_schema_knows_every_table_of_a_scenario() -> None:
    schema = nadir.schema()
    assert set(tomllib.loads(SMALL)) <= set(schema["properties"])
