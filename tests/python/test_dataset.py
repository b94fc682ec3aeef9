"""A Dataset is the same whether it comes from memory or from a file, and a strange file is refused with its reason."""

from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
import xarray as xr

import nadir
from nadir.dataset import from_core, from_file


@pytest.fixture
def result() -> dict[str, Any]:
    """What the engine hands over for three patients, in small."""
    grade = {
        "flag_values": np.array([-1, 0, 1], np.int8),
        "flag_meanings": "unknown grade_0 grade_1",
        "grade_thresholds": "2",
    }
    variables = [
        ("patient", ("patient",), np.arange(3), {"long_name": "index of the virtual patient"}),
        ("time", ("time",), np.array([0.0, 0.5]), {"units": "d"}),
        ("anc.mean", ("time",), np.array([5.0, np.nan], np.float32), {"units": "10^9 cells/L"}),
        ("anc.grade", ("patient",), np.array([0, 1, -1], np.int8), grade),
        ("dose.time", ("dose",), np.array([0.0]), {"units": "d", "typical": np.float64(1.5)}),
        ("dose.drug", ("dose",), ["docetaxel"], {}),
    ]
    keys = ("name", "dimensions", "values", "attributes")
    return {
        "dimensions": {"patient": 3, "time": 2, "dose": 1},
        "variables": [dict(zip(keys, variable, strict=True)) for variable in variables],
        "attributes": {"filetype": "nadir-ensemble", "format_version": "1.0", "seed": 7, "title": "über 10⁹"},
        "summary": "three patients",
    }


@pytest.fixture
def written(result: dict[str, Any], tmp_path: Path) -> Path:
    """The same as a file."""
    path = tmp_path / "small.h5"
    from_core(result).to_netcdf(path, engine="h5netcdf")
    return path


def test_a_written_dataset_comes_back_identical(result: dict[str, Any], written: Path) -> None:
    back = from_file(written)
    fill = {name: variable.attrs.pop("_FillValue", None) for name, variable in back.variables.items()}
    assert set(fill.values()) == {None}
    xr.testing.assert_identical(from_core(result), back)


def test_only_variables_named_like_their_dimension_are_coordinates(result: dict[str, Any]) -> None:
    assert set(from_core(result).coords) == {"patient", "time"}


def test_times_stay_numbers_of_days(written: Path) -> None:
    assert from_file(written)["time"].dtype == np.float64
    assert from_file(written)["dose.time"].dtype == np.float64


def test_attributes_are_plain_python_objects(result: dict[str, Any]) -> None:
    data = from_core(result)
    assert data["anc.grade"].attrs["flag_values"] == [-1, 0, 1]
    assert type(data["dose.time"].attrs["typical"]) is float


def test_the_summary_travels_with_a_run_and_not_with_a_file(result: dict[str, Any], written: Path) -> None:
    assert nadir.summary(from_core(result)) == "three patients"
    with pytest.raises(ValueError, match="the command 'nadir run' prints the summary"):
        nadir.summary(from_file(written))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere\.h5: there is no such file"):
        nadir.open(tmp_path / "nowhere.h5")


def test_a_file_that_is_not_hdf5_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.h5").write_text("format = 1\n")
    with pytest.raises(ValueError, match=r"notes\.h5: not a readable HDF5 file"):
        nadir.open(tmp_path / "notes.h5")


def test_a_truncated_file_is_refused(nadir_file: Path, tmp_path: Path) -> None:
    half = nadir_file.read_bytes()[: nadir_file.stat().st_size // 2]
    (tmp_path / "half.h5").write_bytes(half)
    with pytest.raises(ValueError, match="was it copied whole"):
        nadir.open(tmp_path / "half.h5")


@pytest.mark.parametrize(
    ("attribute", "value", "message"),
    [
        ("filetype", "openmc-statepoint", "not a result of nadir"),
        ("format_version", "2.0", r"format 2\.0 was written by nadir .*; this version reads format 1"),
    ],
)
def test_a_file_of_another_kind_is_refused(written: Path, attribute: str, value: str, message: str) -> None:
    with h5py.File(written, "a") as file:
        file.attrs[attribute] = value
    with pytest.raises(ValueError, match=message):
        nadir.open(written)
