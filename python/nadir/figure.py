"""The fan chart: median and ranges of a count over time, with the CTCAE grades behind it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

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

    data = result if isinstance(result, xr.Dataset) else open_file(result)
    name = signal or default_signal(data)
    if f"{name}.quantiles" not in data:
        raise ValueError(f"the result has no signal {name!r}; it has {', '.join(signals(data))}")
    if ax is None:
        _, ax = plt.subplots(figsize=(10.0, 5.6), layout="constrained")
    bands = data[f"{name}.quantiles"]
    top = float(bands.sel(quantile=0.95).max()) * 1.05
    _draw_grades(ax, data, name, top, log)
    _draw_bands(ax, bands)
    for row in range(min(series, data.sizes["series"])):
        ax.plot(data["time"], data[name][row], color=BLACK, lw=0.5, alpha=0.4)
    _draw_doses(ax, data, log)
    _label(ax, data, name, top, until, log)
    return ax


def signals(data: xr.Dataset) -> list[str]:
    """Names of the signals in a result, counts first."""
    names = [str(key).removesuffix(".quantiles") for key in data.data_vars if str(key).endswith(".quantiles")]
    return sorted(names, key=lambda name: f"{name}.nadir" not in data)


def default_signal(data: xr.Dataset) -> str:
    """The first count, or the first drug when there is none."""
    return signals(data)[0]


def _draw_bands(ax: Axes, bands: xr.DataArray) -> None:
    time = bands["time"].to_numpy()
    value = {float(q): bands.sel(quantile=q).to_numpy() for q in bands["quantile"].to_numpy()}
    ax.fill_between(time, value[0.05], value[0.95], color=BLUE, alpha=0.20, lw=0, label="5 to 95 % of patients")
    ax.fill_between(time, value[0.25], value[0.75], color=BLUE, alpha=0.35, lw=0, label="25 to 75 %")
    ax.plot(time, value[0.5], color=BLUE, lw=2, label="median")


def _draw_grades(ax: Axes, data: xr.Dataset, name: str, top: float, log: bool) -> None:
    thresholds = data[f"{name}.grade"].attrs.get("grade_thresholds", "") if f"{name}.grade" in data else ""
    limits = [float(text) for text in thresholds.split()]
    bottom = 1e-3 if log else 0.0
    for grade, high in enumerate(limits, start=1):
        low = limits[grade] if grade < len(limits) else bottom
        ax.axhspan(low, high, color=GRADE_SHADES[grade - 1], zorder=0, lw=0)
        if high <= top:
            middle = float(np.sqrt(low * high)) if log else 0.5 * (low + high)
            ax.annotate(
                f"grade {grade}", (1.005, middle), xycoords=("axes fraction", "data"), color=GRADE_TEXT, va="center", fontsize=9
            )


def _draw_doses(ax: Axes, data: xr.Dataset, log: bool) -> None:
    if "dose.time" not in data:
        return
    for number, drug in enumerate(dict.fromkeys(data["dose.drug"].to_numpy().tolist())):
        times = data["dose.time"].to_numpy()[data["dose.drug"].to_numpy() == drug]
        height = np.full(times.shape, 1.0 - 0.03 * number)
        transform = ax.get_xaxis_transform()
        ax.plot(times, height, "v", color=ORANGE, transform=transform, clip_on=False, ms=7, label=str(drug), zorder=5)


def _label(ax: Axes, data: xr.Dataset, name: str, top: float, until: float | None, log: bool) -> None:
    attributes: dict[str, Any] = data[name].attrs if name in data else data[f"{name}.quantiles"].attrs
    ax.set_xlabel("days since the first dose")
    ax.set_ylabel(f"{attributes.get('long_name', name)} [{attributes.get('units', '')}]")
    ax.set_title(str(data.attrs.get("title", "")), loc="left", fontsize=12)
    ax.set_xlim(0, until or float(data["time"].max()))
    if log:
        ax.set_yscale("log")
        ax.set_ylim(max(1e-2, float(data[f"{name}.quantiles"].min()) * 0.8), top)
    else:
        ax.set_ylim(0, top)
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(loc="upper left", bbox_to_anchor=(0.0, -0.12), ncols=4, frameon=False, fontsize=9)
    note = f"nadir {data.attrs.get('nadir_version', '')} · {data.sizes['patient']} virtual patients · {_core.disclaimer}"
    ax.annotate(note, (1.0, -0.26), xycoords="axes fraction", ha="right", va="bottom", fontsize=7.5, color="#555555")
