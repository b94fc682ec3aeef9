"""The fan chart: median and ranges of a count over time, with the CTCAE grades behind it."""

from __future__ import annotations

import os
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import xarray as xr

from nadir import _core
from nadir.simulation import open as open_file

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe and Ito's colours, which stay apart for colour-blind eyes.
BLUE, ORANGE, BLACK = "#0072B2", "#D55E00", "#000000"
GRADE_SHADES = ["#FFF7EC", "#FEE8C8", "#FDD49E", "#FDBB84"]
GRADE_TEXT = "#7F2704"


def plot(
    result: xr.Dataset | str | os.PathLike[str],
    signal: str | None = None,
    *,
    ax: Axes | None = None,
    series: int = 0,
    until: float | None = None,
    log: bool = False,
) -> Axes:
    """Draw the fan chart of a signal: median, 25 to 75 % and 5 to 95 % of patients; grades shaded; doses marked.

    result: a Dataset of `nadir.run` or `nadir.open`, or the path of a result file.
    signal: 'anc', 'wbc' or a drug; the first count when not given.
    series: so many single patients are drawn as thin lines.
    until: last day of the time axis [d].
    log: logarithmic counts.
    """
    import matplotlib.pyplot as plt
    from matplotlib.ticker import LogLocator, NullFormatter

    data = result if isinstance(result, xr.Dataset) else open_file(result)
    name = signal or default_signal(data)
    if f"{name}.quantiles" not in data:
        raise ValueError(f"the result has no signal {name!r}; it has {', '.join(signals(data))}")
    if ax is None:
        _, ax = plt.subplots(figsize=(10.0, 5.6), layout="constrained")
    last = float(data["time"].max()) if until is None else until
    bands = data[f"{name}.quantiles"].sel(time=slice(None, last))
    limits = _limits(bands.to_numpy(), log)
    _draw_grades(ax, data, name, limits, log)
    _draw_bands(ax, bands, data.sizes["patient"])
    for row in range(min(series, data.sizes["series"])):
        ax.plot(data["time"], data[name][row], color=BLACK, lw=0.5, alpha=0.4)
    _draw_doses(ax, data, last)
    _label(ax, data, name)
    ax.set_xlim(0, last)
    if log:
        ax.set_yscale("log")
        ax.yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
        ax.yaxis.set_major_formatter("{x:g}")
        ax.yaxis.set_minor_formatter(NullFormatter())
    ax.set_ylim(limits)
    return ax


def signals(data: xr.Dataset) -> list[str]:
    """Names of the signals in a result, counts first."""
    names = [str(key).removesuffix(".quantiles") for key in data.data_vars if str(key).endswith(".quantiles")]
    return sorted(names, key=lambda name: f"{name}.nadir" not in data)


def default_signal(data: xr.Dataset) -> str:
    """The first count, or the first drug when there is none."""
    names = signals(data)
    if not names:
        raise ValueError("the Dataset has no signal; was it made by nadir.run or nadir.open?")
    return names[0]


def _limits(values: np.ndarray, log: bool) -> tuple[float, float]:
    """Of the vertical axis: room above all values; on a logarithmic axis at most five decades below them."""
    finite = values[np.isfinite(values)]
    top = 1.05 * float(finite.max(initial=0.0)) or 1.0
    if not log:
        return 0.0, top
    return max(0.8 * float(finite[finite > 0.0].min(initial=top)), 1e-5 * top), 1.2 * top


def _draw_bands(ax: Axes, bands: xr.DataArray, patients: int) -> None:
    time = bands["time"].to_numpy()
    value = {float(q): bands.sel(quantile=q).to_numpy() for q in bands["quantile"].to_numpy()}
    if patients == 1:
        ax.plot(time, value[0.5], color=BLUE, lw=2, label="the patient")
        return
    ax.fill_between(time, value[0.05], value[0.95], color=BLUE, alpha=0.20, lw=0, label="5 to 95 % of patients")
    ax.fill_between(time, value[0.25], value[0.75], color=BLUE, alpha=0.35, lw=0, label="25 to 75 %")
    ax.plot(time, value[0.5], color=BLUE, lw=2, label="median")


def _draw_grades(ax: Axes, data: xr.Dataset, name: str, limits: tuple[float, float], log: bool) -> None:
    if f"{name}.grade" not in data:
        return
    thresholds = [float(text) for text in data[f"{name}.grade"].attrs["grade_thresholds"].split()]
    floor, top = limits
    margin = ax.get_yaxis_transform()
    for grade, (high, below) in enumerate(pairwise([*thresholds, floor]), start=1):
        low = max(below, floor)
        if low >= min(high, top):
            continue
        ax.axhspan(low, high, color=GRADE_SHADES[grade - 1], zorder=0, lw=0)
        middle = float(np.sqrt(low * high)) if log else 0.5 * (low + high)
        if middle < top:
            ax.text(1.005, middle, f"grade {grade}", transform=margin, color=GRADE_TEXT, va="center", fontsize=9)


def _draw_doses(ax: Axes, data: xr.Dataset, last: float) -> None:
    if "dose.time" not in data:
        return
    edge = ax.get_xaxis_transform()
    times, drugs = data["dose.time"].to_numpy(), data["dose.drug"].to_numpy()
    for number, drug in enumerate(dict.fromkeys(drugs.tolist())):
        shown = times[(drugs == drug) & (times <= last)]
        height = np.full(shown.shape, 1.0 - 0.03 * number)
        ax.plot(shown, height, "v", color=ORANGE, ms=7, transform=edge, clip_on=False, zorder=5, label=str(drug))


def _label(ax: Axes, data: xr.Dataset, name: str) -> None:
    attributes = data[name].attrs
    ax.set_xlabel("days since the start")
    ax.set_ylabel(f"{attributes.get('long_name', name)} [{attributes.get('units', '')}]")
    ax.set_title(str(data.attrs.get("title", "")), loc="left", fontsize=12, pad=10)
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(loc="upper left", bbox_to_anchor=(0.0, -0.12), ncols=4, frameon=False, fontsize=9)
    version, patients = data.attrs.get("nadir_version", ""), data.sizes["patient"]
    note = f"nadir {version} · {patients:,} virtual patient{'s' * (patients > 1)} · {_core.disclaimer}"
    ax.annotate(note, (1.0, -0.26), xycoords="axes fraction", ha="right", va="bottom", fontsize=7.5, color="#555555")
