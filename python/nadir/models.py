"""The models that come with nadir: `nadir.models["netterberg2017"].parameters`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from nadir import _core


@dataclass(frozen=True)
class Model:
    """One published model, as its header states it."""

    id: str
    kind: str
    title: str
    source: str
    note: str
    parameters: pd.DataFrame
    """index: parameter; columns: unit, meaning, then one a published set"""
    spreads: pd.DataFrame
    """index: parameter; columns: sets; SD of the logarithm (of the value where the spread is normal)"""
    states: pd.DataFrame
    doses: pd.DataFrame
    """index: drug whose kinetics the model holds; columns: unit of amounts, state that takes a dose, all that can"""
    equations: tuple[str, ...]
    """LaTeX, printed from the code that runs"""

    def __repr__(self) -> str:
        return f"{self.id} ({self.kind}): {self.title}\n{self.source}\n{self.parameters.to_string()}"

    def _repr_html_(self) -> str:
        return f"<b>{self.id}</b> ({self.kind}): {self.title}<br>{self.source}{self.parameters.to_html()}"


class _Models(Mapping[str, Model]):
    @cached_property
    def _rows(self) -> dict[str, dict[str, Any]]:
        return {row["id"]: row for row in _core.models()}

    def __getitem__(self, name: str) -> Model:
        if name not in self._rows:
            raise KeyError(f"there is no model {name!r}; available: {', '.join(self._rows)}")
        row = self._rows[name]
        names = [parameter["name"] for parameter in row["parameters"]]
        parameters = pd.DataFrame(
            {key: [parameter[key] for parameter in row["parameters"]] for key in ("unit", "meaning")}, index=names
        )
        for published in row["sets"]:
            parameters[published["name"]] = [published["values"][name] for name in names]
        spreads = pd.DataFrame({s["name"]: [s["omegas"][name] for name in names] for s in row["sets"]}, index=names)
        states = pd.DataFrame(row["states"], columns=["name", "unit", "meaning"]).set_index("name")
        doses = pd.DataFrame(row["doses"], columns=["drug", "unit", "into", "compartments"]).set_index("drug")
        return Model(
            **{key: str(row[key]) for key in ("id", "kind", "title", "source", "note")},
            parameters=parameters,
            spreads=spreads,
            states=states,
            doses=doses,
            equations=tuple(row["equations"]),
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return "\n".join(f"{row['kind']:<9} {row['id']:<28} {row['title']}" for row in self._rows.values())


models: Mapping[str, Model] = _Models()
