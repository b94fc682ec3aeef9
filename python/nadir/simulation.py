"""Running scenarios and opening their results."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import xarray as xr

from nadir import _core
from nadir.dataset import from_core, from_file

Progress = Callable[[int, int], object]


def run(
    scenario: str | os.PathLike[str] | Mapping[str, Any],
    *,
    patients: int | None = None,
    seed: int | None = None,
    threads: int = 0,
    set: Iterable[str] = (),
    progress: bool | Progress | None = None,
) -> xr.Dataset:
    """Run a scenario and return its result, the same Dataset that `nadir.open` reads from a file.

    scenario: path of a TOML file, name of a preset, TOML text (with a line break in it), or a dict of the same shape.
    patients, seed: instead of the scenario's numbers.
    threads: 0 for as many as the machine has; the result does not depend on it.
    set: changes such as 'treatment.docetaxel.dose=75 mg/m^2'.
    progress: True or False for a bar or none, a function of (done, total), or None for a bar on terminals only.

    Dimensions: patient, time [d], quantile, series (patients whose series are stored), cycle.
    Raises ScenarioError for input that cannot be run, KeyboardInterrupt when interrupted.
    """
    source = _source(scenario)
    report, close = _progress(progress)
    try:
        result = _core.run(
            **source, patients=patients, seed=seed, threads=threads, settings=list(set), progress=report
        )
    finally:
        close()
    return from_core(result)


def open(path: str | os.PathLike[str]) -> xr.Dataset:  # noqa: A001
    """Open a result file (HDF5) as a Dataset in memory. Raises ValueError for a file that is not nadir's."""
    return from_file(Path(path))


def check(scenario: str | os.PathLike[str] | Mapping[str, Any], *, set: Iterable[str] = ()) -> str:
    """What a scenario would do, in words, without running it. Raises ScenarioError."""
    return str(_core.check(**_source(scenario), settings=list(set)))


def summary(result: xr.Dataset) -> str:
    """The clinical summary of a Dataset that `run` made: nadir, grades, durations, each with its Monte Carlo error."""
    text = result.encoding.get("summary")
    if text is None:
        raise ValueError("this Dataset was not made by nadir.run; the command 'nadir run' prints the summary of a file")
    return str(text)


def schema() -> dict[str, Any]:
    """The JSON Schema of scenario files."""
    return dict(json.loads(_core.schema()))


def _source(scenario: str | os.PathLike[str] | Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(scenario, Mapping):
        return {"source": _toml(scenario), "is_text": True, "name": "scenario"}
    if isinstance(scenario, str) and "\n" in scenario:
        return {"source": scenario, "is_text": True, "name": "scenario"}
    return {"source": os.fspath(scenario), "is_text": False, "name": ""}


def _toml(table: Mapping[str, Any]) -> str:
    """A mapping as TOML: every value inline, which TOML allows at any depth."""

    def value(item: Any) -> str:
        if isinstance(item, Mapping):
            return "{" + ", ".join(f"{json.dumps(str(k))} = {value(v)}" for k, v in item.items()) + "}"
        if isinstance(item, (list, tuple)):
            return "[" + ", ".join(value(v) for v in item) + "]"
        if isinstance(item, bool):
            return "true" if item else "false"
        if isinstance(item, float):
            return repr(item)
        if isinstance(item, int):
            return str(item)
        return json.dumps(str(item))

    return "".join(f"{json.dumps(str(key))} = {value(item)}\n" for key, item in table.items())


def _progress(progress: bool | Progress | None) -> tuple[Progress | None, Callable[[], None]]:
    if callable(progress):
        return progress, lambda: None
    if progress is False or (progress is None and not sys.stderr.isatty()):
        return None, lambda: None
    from tqdm.auto import tqdm

    bar = tqdm(unit=" patients", leave=False)

    def report(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    return report, bar.close
