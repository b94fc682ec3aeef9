"""Event tables against the outputs of NONMEM and against simulated patients of a published model.

The files are not part of the project: where they are absent these tests are skipped, loudly; the closed forms of
tests/unit/timeline are always run.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import nadir

NONMEM = """
format = 1
[ensemble]
variability = false
[time]
end = "400 d"
sample = "100 d"
[[treatment]]
drug = "drug"
kinetics = {{ model = "one_compartment", cl = "1.1 L/h", v = "20 L", ka = "1.5 1/h", wt_on_cl = {exponent} }}
[events]
file = "{file}"
observe = "drug"
nonmem_lag = true
[events.columns]
LAGT = "drug.lag"
BIOAV = "drug.f"
RAT2 = "drug.rate"
DUR2 = "drug.duration"
"""


def predicted(file: Path, exponent: float = 0.0) -> np.ndarray:
    result = nadir.run(NONMEM.format(file=file, exponent=exponent))
    return result["observation.predicted"].to_numpy() * 1000.0  # CP = A(2)/(V/1000)


def compare(table: pd.DataFrame, expected: pd.Series, got: np.ndarray) -> None:
    """Equal to the five digits that NONMEM prints."""
    seen = table["EVID"].to_numpy() == 0
    want = expected.to_numpy()[seen]
    assert got.shape == want.shape
    np.testing.assert_allclose(got, want, rtol=5.1e-5, atol=1e-6)


def upper(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, na_values=".").rename(columns=str.upper)


def test_29_dosing_scenarios_of_nonmem(shared_data: Path) -> None:
    file = shared_data / "nonmem/nmtests_dosing_events.csv"
    table, nonmem = upper(file), upper(shared_data / "nonmem/nmtests_dosing_nonmem.csv")
    assert table["ID"].nunique() == 29
    compare(table, nonmem["CP"], predicted(file))


def test_54_dosing_scenarios_of_nonmem(shared_data: Path) -> None:
    file = shared_data / "nonmem/nlmixr2data_nmtest.csv"
    table = upper(file)
    assert table["ID"].nunique() == 54
    compare(table, table["CP"], predicted(file))


def test_a_covariate_that_changes_in_time(shared_data: Path) -> None:
    file = shared_data / "nonmem/nmtests_timevarying_events.csv"
    table, nonmem = upper(file), upper(shared_data / "nonmem/nmtests_timevarying_nonmem.csv")
    compare(table, nonmem["CP"], predicted(file, exponent=0.75))


PACLITAXEL = """
format = 1
[ensemble]
variability = {variability}
patients = {patients}
[time]
end = "191 d"
sample = "191 d"
[output]
series = 0
[[marrow]]
model = "friberg2002_leukocytes"
set = "paclitaxel"
[[treatment]]
drug = "paclitaxel"
kinetics = "paclitaxel_ddmodel186"
effect = "friberg2002_leukocytes_linear"
[events]
file = "{file}"
observe = "wbc"
[events.columns]
CLI = "paclitaxel.cl"
V1I = "paclitaxel.v1"
V2I = "paclitaxel.v2"
"""
MORE_COLUMNS = """CIRC0 = "friberg2002_leukocytes.circ0"
MTT = "friberg2002_leukocytes.mtt"
SLOPE = "paclitaxel.wbc.slope_unbound"
"""
TYPICAL = {"CIRC0": 7.21, "MTT": 124.0, "SLOPE": 28.9}
OMEGA = np.array([0.33, 0.17, 0.42])
SIGMA = 0.286  # Friberg 2002, Table 1, paclitaxel: proportional residual error


def wbc(file: Path, patients: int = 45, variability: str = "false", more: str = "") -> xr.Dataset:
    return nadir.run(PACLITAXEL.format(file=file, patients=patients, variability=variability) + more)


def with_parameters(table: pd.DataFrame, eta: np.ndarray, folder: Path) -> np.ndarray:
    """Predictions when patient i has the parameters typical·exp(eta[i])."""
    ids = table["ID"].unique()
    rows = np.searchsorted(ids, table["ID"])
    own = table.assign(**{name: TYPICAL[name] * np.exp(eta[rows, k]) for k, name in enumerate(TYPICAL)})
    own.to_csv(folder / "own.csv", index=False)
    return wbc(folder / "own.csv", more=MORE_COLUMNS)["observation.predicted"].to_numpy()


def most_probable(table: pd.DataFrame, who: np.ndarray, measured: np.ndarray, folder: Path) -> np.ndarray:
    """Each patient's most probable parameters (Gauss-Newton on the logarithms, all patients at once)."""
    eta = np.zeros((45, 3))
    for _ in range(12):
        base = np.log(with_parameters(table, eta, folder))
        slopes = np.stack(
            [(np.log(with_parameters(table, eta + 1e-4 * np.eye(3)[k], folder)) - base) / 1e-4 for k in range(3)],
            axis=1,
        )
        residual = np.log(measured) - base
        for i in range(45):
            mine = who == i
            normal = slopes[mine].T @ slopes[mine] / SIGMA**2 + np.diag(OMEGA**-2)
            gradient = slopes[mine].T @ residual[mine] / SIGMA**2 - eta[i] / OMEGA**2
            step = np.linalg.solve(normal, gradient)
            eta[i] += np.clip(step, -0.3, 0.3)
    return eta


def test_45_patients_on_paclitaxel_differ_from_prediction_by_the_residual_error(
    shared_data: Path, tmp_path: Path
) -> None:
    file = shared_data / "nlmixr2data_wbcSim.csv"
    table = pd.read_csv(file)
    seen = wbc(file)
    who, measured = seen["observation.patient"].to_numpy(), seen["observation.value"].to_numpy()
    assert seen.sizes["patient"] == 45
    eta = most_probable(table, who, measured, tmp_path)
    fitted = with_parameters(table, eta, tmp_path)
    weighted = (measured - fitted) / (SIGMA * fitted)
    # Three parameters a patient take some freedom from four counts a patient, so that the spread stays below one.
    assert abs(weighted.mean()) < 0.15
    assert 0.5 < weighted.std() < 1.1
    assert np.abs(weighted).max() < 4.5
    # The patients themselves spread as the model says.
    assert np.all(np.abs(eta.mean(axis=0)) < 3 * OMEGA / np.sqrt(45))


def test_nine_of_ten_counts_lie_within_the_predicted_range(shared_data: Path) -> None:
    file = shared_data / "nlmixr2data_wbcSim.csv"
    replicates = 200
    result = wbc(file, patients=45 * replicates, variability="true")
    predictions = result["observation.predicted"].to_numpy().reshape(replicates, -1)
    measured = result["observation.value"].to_numpy().reshape(replicates, -1)[0]
    noise = np.random.default_rng(1).standard_normal(predictions.shape)
    low, high = np.quantile(predictions * (1 + SIGMA * noise), [0.05, 0.95], axis=0)
    share = np.mean((measured >= low) & (measured <= high))
    error = np.sqrt(0.9 * 0.1 / 45)  # counts of one patient go together: 45 of them are independent
    assert share == pytest.approx(0.9, abs=3 * error)
