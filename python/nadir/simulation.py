"""Running scenarios and opening their results."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr

from nadir import _core
from nadir.dataset import from_core, from_file

if TYPE_CHECKING:
    from distributed import Client

Progress = Callable[[int, int], object]


def run(
    scenario: str | os.PathLike[str] | Mapping[str, Any],
    *,
    patients: int | None = None,
    seed: int | None = None,
    threads: int = 0,
    set: str | Iterable[str] = (),
    progress: bool | Progress | None = None,
    client: Client | None = None,
    shards: int | None = None,
    folder: str | os.PathLike[str] | None = None,
) -> xr.Dataset:
    """Run a scenario and return its result, the same Dataset that `nadir.open` reads from a file.

    scenario: path of a TOML file, name of a preset, TOML text (with a line break in it), or a dict of the same shape.
    patients, seed: instead of the scenario's numbers.
    threads: 0 for as many as the machine has; the result does not depend on it.
    set: one change or several, such as 'treatment.docetaxel.dose=75 mg/m^2'.
    progress: True or False for a bar or none, a function of (done, total), or None for a bar on terminals only.
    client: a dask.distributed.Client, whose workers make the run in shards; the result is the same. `threads` are then
        those of one shard (1 when 0), and progress counts shards.
    shards: in how many (64 when not given).
    folder: where the shards are kept and joined to result.h5; all workers must see it under this name. A second call
        with the same folder makes only the shards that are missing. When not given, a folder in the current one that
        is removed at the end.

    Dimensions: patient, time [d], quantile, series (patients whose series are stored), cycle.
    Raises ScenarioError for input that cannot be run, KeyboardInterrupt when interrupted.
    """
    if threads < 0:
        raise ValueError(f"threads is {threads}; it must be 0, for as many as the machine has, or more")
    if client is None and (shards is not None or folder is not None):
        raise ValueError("shards and folder are for a run on a cluster; give its client too")
    if shards is not None and shards < 1:
        raise ValueError(f"shards is {shards}; it must be 1 or more")
    arguments = {**_source(scenario), "patients": patients, "seed": seed, "settings": _settings(set)}
    report, close = _progress(progress, "patients" if client is None else "shards")
    try:
        if client is not None:
            return _on_cluster(client, arguments, threads or 1, shards or 64, folder, report)
        result = _core.run(**arguments, threads=threads, progress=report)
    finally:
        close()
    return from_core(result)


def open(path: str | os.PathLike[str]) -> xr.Dataset:  # noqa: A001
    """Open a result file (HDF5) as a Dataset in memory. Raises ValueError for a file that is not nadir's."""
    return from_file(Path(path))


def merge(folder: str | os.PathLike[str], path: str | os.PathLike[str], *, overwrite: bool = False) -> str:
    """Join the shards of a folder to one result file, the same bytes as a run without shards; return its result hash.

    Raises StoreError when shards are missing, damaged or of several scenarios, or the file cannot be written.
    """
    return str(_core.merge(os.fspath(folder), os.fspath(path), overwrite=overwrite))


def check(scenario: str | os.PathLike[str] | Mapping[str, Any], *, set: str | Iterable[str] = ()) -> str:
    """What a scenario would do, in words, without running it. Raises ScenarioError."""
    return str(_core.check(**_source(scenario), settings=_settings(set)))


def summary(result: xr.Dataset) -> str:
    """The clinical summary of a Dataset that `run` made: nadir, grades, durations, each with its Monte Carlo error."""
    text = result.encoding.get("summary")
    if text is None:
        raise ValueError("this Dataset was not made by nadir.run; the command 'nadir run' prints the summary of a file")
    return str(text)


def schema() -> dict[str, Any]:
    """The JSON Schema of scenario files."""
    return dict(json.loads(_core.schema()))


def _settings(changes: str | Iterable[str]) -> list[str]:
    return [changes] if isinstance(changes, str) else list(changes)


def _source(scenario: str | os.PathLike[str] | Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(scenario, Mapping):
        return {"source": _toml(scenario), "is_text": True, "name": "scenario"}
    if isinstance(scenario, str) and "\n" in scenario:
        return {"source": scenario, "is_text": True, "name": "scenario"}
    return {"source": os.fspath(scenario), "is_text": False, "name": ""}


def _toml(table: Mapping[str, Any]) -> str:
    """A mapping as TOML: every value inline, which TOML allows at any depth."""
    return "".join(f"{_text(key)} = {_value(item)}\n" for key, item in table.items())


def _value(item: Any) -> str:
    match item:
        case bool() | np.bool_():
            return "true" if item else "false"
        case int() | np.integer():
            return str(int(item))
        case float() | np.floating():
            return repr(float(item))
        case str() | os.PathLike():
            return _text(os.fspath(item))
        case Mapping():
            return "{" + ", ".join(f"{_text(key)} = {_value(value)}" for key, value in item.items()) + "}"
        case list() | tuple() | np.ndarray():
            return "[" + ", ".join(_value(value) for value in item) + "]"
    raise TypeError(f"a scenario cannot hold {item!r} ({type(item).__name__})")


def _text(text: str) -> str:
    # JSON's escapes are TOML's, but for characters that JSON writes as two halves and for the control character DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _on_cluster(
    client: Client,
    arguments: dict[str, Any],
    threads: int,
    shards: int,
    folder: str | os.PathLike[str] | None,
    report: Progress | None,
) -> xr.Dataset:
    from nadir.cluster import run_shards

    if not arguments["is_text"] and os.path.isfile(arguments["source"]):
        arguments["source"] = os.path.abspath(arguments["source"])  # workers may stand in another folder
    _core.check(**{key: arguments[key] for key in ("source", "is_text", "name", "settings")})
    with ExitStack() as stack:
        if folder is None:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="nadir-", dir="."))
        place = Path(folder).absolute()
        place.mkdir(exist_ok=True)
        result = place / "result.h5"
        run_shards(client, arguments | {"threads": threads}, shards, place, report)
        merge(place, result, overwrite=True)
        dataset = open(result)
        dataset.encoding["summary"] = _core.summary(**arguments, path=str(result))
        return dataset


def _progress(progress: bool | Progress | None, unit: str) -> tuple[Progress | None, Callable[[], None]]:
    if callable(progress):
        return progress, lambda: None
    if progress is False or (progress is None and not sys.stderr.isatty()):
        return None, lambda: None
    from tqdm.auto import tqdm

    bar = tqdm(unit=f" {unit}", leave=False)

    def report(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    return report, bar.close
