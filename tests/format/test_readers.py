"""A result file opens everywhere without nadir, and is what its page says."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import h5py
import netCDF4
import numpy as np
import pytest
import xarray as xr


def test_xarray_reads_it(nadir_file: Path) -> None:
    with xr.open_dataset(nadir_file, engine="h5netcdf") as ds:
        assert ds["time"].dtype == np.float64
        assert ds["time"].attrs["units"] == "d"
        assert ds["anc.dsn"].dtype == np.float64  # days stay numbers
        assert ds["anc"].dims == ("series", "time")
        assert ds["anc.cycle.nadir"].dims == ("patient", "cycle")
        assert ds["anc"].attrs["units"] == "10^9 cells/L"
        assert ds["dose.drug"].values.tolist() == ["docetaxel"] * 6
        assert (ds["anc.quantiles"].sel(quantile=0.5) > 0).all()


def test_netcdf4_reads_it(nadir_file: Path) -> None:
    with netCDF4.Dataset(nadir_file) as ds:
        assert ds.variables["anc"].dimensions == ("series", "time")
        assert ds.variables["anc"].units == "10^9 cells/L"
        assert ds.variables["status"][:].sum() == 0
        assert ds.variables["dose.drug"][0] == "docetaxel"
        assert ds.filetype == "nadir-ensemble"


def text(value: str | bytes) -> str:
    """An attribute's text; h5py gives those of fixed length as bytes."""
    return value.decode() if isinstance(value, bytes) else str(value)


def test_h5py_reads_it(nadir_file: Path) -> None:
    with h5py.File(nadir_file) as file:
        for name, item in file.items():
            if item.is_scale:
                continue
            for axis, dimension in enumerate(item.dims):
                assert len(dimension) == 1, f"{name} axis {axis} has no scale"
        assert "netterberg2017" in text(file.attrs["scenario"])
        assert list(file["anc.grade"].attrs["flag_values"]) == [-1, 0, 1, 2, 3, 4]


def test_r_reads_it(nadir_file: Path) -> None:
    if (
        shutil.which("Rscript") is None
        or subprocess.run(["Rscript", "-e", "library(ncdf4)"], capture_output=True, check=False).returncode
    ):
        pytest.skip("NOT CHECKED: R with the package ncdf4 is not on this machine (Debian: r-cran-ncdf4)")
    values = 'cat(dim(ncvar_get(f, "anc")), f$var$anc$units, mean(ncvar_get(f, "anc.nadir")))'
    script = f'library(ncdf4); f <- nc_open("{nadir_file}"); {values}'
    done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("505 200 10^9 cells/L")


def rows_of(page: Path) -> list[list[str]]:
    """The cells of the generated table of datasets."""
    text = page.read_text().split("<!-- generated: begin -->")[1].split("The metrics:")[0]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("| `")]


TYPES = {"float64": "f8", "float32": "f4", "int64": "i8", "int32": "i4", "int8": "i1", "text": "O"}


def test_the_file_is_what_its_page_says(nadir_file: Path, repo: Path) -> None:
    rows = rows_of(repo / "docs/formats/ensemble.md")
    patterns = []
    for name, dimensions, kind, units, _ in rows:
        pattern = re.escape(name.strip("`")).replace("<parameter>", r"[a-z_0-9]+\.[a-z_0-9.]+")
        pattern = re.sub(r"<\w+>", r"[a-z_0-9]+", pattern)
        patterns.append(
            (re.compile(pattern), dimensions.split(","), kind, units, ("<parameter>" in name, name.count("<")))
        )
    with h5py.File(nadir_file) as file:
        for name, item in file.items():
            if item.is_scale and str(item.attrs["NAME"], "ascii").startswith("This is a netCDF dimension"):
                continue
            fitting = [row for row in patterns if row[0].fullmatch(name)]
            assert fitting, f"{name} is not in the page"
            _, dimensions, kind, units, _ = min(fitting, key=lambda row: row[4])  # the most special one decides
            found = [name] if item.is_scale else [dimension[0].name.strip("/") for dimension in item.dims]
            assert found == dimensions, name
            assert np.dtype(TYPES[kind]) == item.dtype, name
            if units not in ("", "its own"):
                assert text(item.attrs["units"]) == units, name
            if units == "its own":
                assert item.attrs["units"], name
            assert item.attrs["long_name"], name


def test_the_pages_are_those_that_the_program_prints(nadir_cli: Path, repo: Path, tmp_path: Path) -> None:
    shutil.copytree(repo / "docs", tmp_path / "docs")
    subprocess.run([nadir_cli, "docs", tmp_path / "docs"], check=True)
    for page in sorted((tmp_path / "docs").rglob("*.md")):
        assert page.read_text() == (repo / "docs" / page.relative_to(tmp_path / "docs")).read_text(), (
            f"run: nadir docs docs ({page.name})"
        )


def test_equal_runs_give_equal_bytes(nadir_cli: Path, repo: Path, tmp_path: Path) -> None:
    for threads in ("1", "2"):
        command = [
            nadir_cli,
            "run",
            repo / "configs/docetaxel_q3w.toml",
            "--patients",
            "50",
            "-q",
            "--threads",
            threads,
        ]
        subprocess.run([*command, "-o", tmp_path / f"{threads}.h5"], check=True)
    assert (tmp_path / "1.h5").read_bytes() == (tmp_path / "2.h5").read_bytes()
