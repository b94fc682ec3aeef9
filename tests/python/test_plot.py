"""`nadir.plot`: median, bands, grades, doses, and what they are called."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
import xarray as xr
from matplotlib.axes import Axes

import nadir


@pytest.fixture(scope="module")
def data(nadir_file: Path) -> xr.Dataset:
    return nadir.open(nadir_file)


@pytest.fixture(autouse=True)
def _figures_without_windows() -> Iterator[None]:
    plt.switch_backend("Agg")
    yield
    plt.close("all")


def grade_labels(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_text().startswith("grade")]


def height_of(ax: Axes, label: str) -> tuple[float, float]:
    """Lowest and highest point of a band."""
    (band,) = [band for band in ax.collections if band.get_label() == label]
    points = band.get_paths()[0].vertices[:, 1]
    return float(points.min()), float(points.max())


def test_the_median_and_both_bands_are_those_of_the_file(data: xr.Dataset) -> None:
    ax = nadir.plot(data)
    bands = data["anc.quantiles"]
    (median,) = [line for line in ax.lines if line.get_label() == "median"]
    np.testing.assert_array_equal(median.get_ydata(), bands.sel(quantile=0.5))
    for label, low, high in [("5 to 95 % of patients", 0.05, 0.95), ("25 to 75 %", 0.25, 0.75)]:
        lowest, highest = float(bands.sel(quantile=low).min()), float(bands.sel(quantile=high).max())
        assert height_of(ax, label) == pytest.approx((lowest, highest))


def test_a_path_is_drawn_like_its_dataset(data: xr.Dataset, nadir_file: Path) -> None:
    from_path, from_data = nadir.plot(nadir_file), nadir.plot(data)
    assert from_path.get_ylim() == from_data.get_ylim()
    assert from_path.get_title(loc="left") == data.attrs["title"]


@pytest.mark.parametrize("log", [False, True])
def test_all_four_grades_are_shaded_and_named(data: xr.Dataset, log: bool) -> None:
    ax = nadir.plot(data, log=log)
    assert grade_labels(ax) == ["grade 1", "grade 2", "grade 3", "grade 4"]
    tops = [patch.get_y() + patch.get_height() for patch in ax.patches]
    assert tops == pytest.approx([2.0, 1.5, 1.0, 0.5])


def test_a_drug_has_no_grades(data: xr.Dataset) -> None:
    ax = nadir.plot(data, "docetaxel")
    assert grade_labels(ax) == []
    assert "mg/L" in ax.get_ylabel()


def test_axes_say_what_they_show_and_the_picture_whom_it_is_not_for(data: xr.Dataset) -> None:
    ax = nadir.plot(data)
    assert ax.get_ylabel() == "absolute neutrophil count [10^9 cells/L]"
    assert ax.get_xlabel() == "days since the start"
    assert any("not for the care of a patient" in text.get_text() for text in ax.texts)


def test_a_single_patient_is_a_line_without_bands() -> None:
    ax = nadir.plot(nadir.run("docetaxel_q3w", patients=1))
    assert [line.get_label() for line in ax.lines] == ["the patient", "docetaxel"]
    assert not ax.collections
    assert any("1 virtual patient " in text.get_text() for text in ax.texts)


def test_every_dose_in_view_is_marked(data: xr.Dataset) -> None:
    (marks,) = [line for line in nadir.plot(data, until=42).lines if line.get_label() == "docetaxel"]
    np.testing.assert_array_equal(marks.get_xdata(), [0, 21, 42])


def test_single_patients_are_drawn_on_request(data: xr.Dataset) -> None:
    assert len(nadir.plot(data, series=3).lines) == len(nadir.plot(data).lines) + 3


def test_the_axes_of_the_caller_are_used(data: xr.Dataset) -> None:
    _, mine = plt.subplots()
    assert nadir.plot(data, ax=mine) is mine


def test_a_result_whose_patients_all_failed_is_still_a_picture(data: xr.Dataset) -> None:
    nothing = data.assign({"anc.quantiles": data["anc.quantiles"] * np.nan})
    for log in (False, True):
        nadir.plot(nothing, log=log).get_figure().canvas.draw()


def test_an_unknown_signal_is_refused_with_the_known_ones(data: xr.Dataset) -> None:
    with pytest.raises(ValueError, match="no signal 'platelets'; it has anc, docetaxel"):
        nadir.plot(data, "platelets")


def test_a_dataset_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="the Dataset has no signal"):
        nadir.plot(xr.Dataset())


@pytest.mark.parametrize("options", [[], ["--signal", "docetaxel", "--log"], ["--until", "21"]])
def test_the_command_writes_a_picture(nadir_file: Path, tmp_path: Path, options: list[str]) -> None:
    picture = tmp_path / "fan.png"
    subprocess.run([sys.executable, "-W", "error", "-m", "nadir", nadir_file, "-o", picture, *options], check=True)
    assert plt.imread(picture).std() > 0.05  # not blank


@pytest.mark.parametrize("arguments", [["nowhere.h5", "-o", "fan.png"], ["FILE", "-o", "fan.xyz"]])
def test_the_command_explains_what_it_cannot_draw(nadir_file: Path, tmp_path: Path, arguments: list[str]) -> None:
    arguments = [str(nadir_file) if argument == "FILE" else argument for argument in arguments]
    command = [sys.executable, "-m", "nadir", *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())
