"""From what the engine or a file gives to an xarray.Dataset, the same in both ways."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

FILE_TYPE = "nadir-ensemble"
MAJOR_VERSION = "1"


def from_core(result: dict[str, Any]) -> xr.Dataset:
    """The Dataset of a run in memory."""
    arrays: dict[str, Any] = {}
    coordinates: dict[str, Any] = {}
    for variable in result["variables"]:
        values = variable["values"]
        if isinstance(values, list):
            values = np.array(values, dtype=object)
        name = variable["name"]
        target = coordinates if variable["dimensions"] == (name,) else arrays
        target[name] = (variable["dimensions"], values, _attributes(variable["attributes"]))
    dataset = xr.Dataset(arrays, coordinates, _attributes(result["attributes"]))
    dataset.encoding["summary"] = result["summary"]
    return dataset


def from_file(path: Path) -> xr.Dataset:
    """The Dataset of a result file."""
    if not path.is_file():
        raise FileNotFoundError(f"{path}: there is no such file")
    try:
        with xr.open_dataset(path, engine="h5netcdf", decode_timedelta=False) as file:
            dataset = file.load()
    except OSError as error:
        raise ValueError(f"{path}: not a readable HDF5 file ({error}); was it copied whole?") from error
    if dataset.attrs.get("filetype") != FILE_TYPE:
        raise ValueError(f"{path}: not a result of nadir (attribute filetype is {dataset.attrs.get('filetype')!r})")
    version = str(dataset.attrs.get("format_version", ""))
    if version.split(".")[0] != MAJOR_VERSION:
        made = dataset.attrs.get("nadir_version", "?")
        raise ValueError(
            f"{path}: format {version} was written by nadir {made}; this version reads format {MAJOR_VERSION}"
        )
    dataset.attrs = _attributes(dataset.attrs)
    for variable in dataset.variables.values():
        variable.attrs = _attributes(variable.attrs)
    return dataset


def _attributes(attributes: dict[str, Any]) -> dict[str, Any]:
    """Attribute values as plain Python objects, whichever library read them."""
    plain: dict[str, Any] = {}
    for name, value in attributes.items():
        if isinstance(value, np.ndarray):
            plain[name] = value.tolist() if value.size != 1 else value.item()
        elif isinstance(value, np.generic):
            plain[name] = value.item()
        else:
            plain[name] = value
    return plain
