"""What is wrong with a scenario, or with a file of results: place, cause and next step."""

from __future__ import annotations

from typing import TypedDict


class Problem(TypedDict):
    """One mistake. `line` and `column` count from 1; 0 where there is no place in a file."""

    file: str
    line: int
    column: int
    message: str
    hint: str


class StoreError(OSError):
    """A result or shard that cannot be written, read or joined: path, cause and next step, as the program prints."""


class BusyError(StoreError):
    """Another process is writing the same file or shard."""


class ScenarioError(ValueError):
    """A scenario, table or cohort that cannot be run. `str()` is the text that the command line prints.

    `problems` lists every mistake; `file`, `line`, `column` and `hint` are those of the first.
    """

    def __init__(self, text: str, problems: list[Problem] | None = None) -> None:
        super().__init__(text)
        self.problems: list[Problem] = list(problems or [])

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[str, list[Problem]]]:
        return type(self), (str(self), self.problems)

    @property
    def _first(self) -> Problem:
        nothing = Problem(file="", line=0, column=0, message=str(self), hint="")
        return self.problems[0] if self.problems else nothing

    @property
    def file(self) -> str:
        """File of the first mistake."""
        return self._first["file"]

    @property
    def line(self) -> int:
        """Line of the first mistake."""
        return self._first["line"]

    @property
    def column(self) -> int:
        """Column of the first mistake."""
        return self._first["column"]

    @property
    def hint(self) -> str:
        """Next step for the first mistake; may be empty."""
        return self._first["hint"]
