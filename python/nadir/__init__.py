"""nadir simulates white-cell counts in virtual patients.

>>> import nadir
>>> result = nadir.run("docetaxel_q3w", patients=500)
>>> nadir.plot(result)

For research and teaching, not for the care of a patient.
"""

from nadir import _core
from nadir.errors import BusyError, ScenarioError, StoreError
from nadir.figure import plot
from nadir.models import models
from nadir.simulation import check, merge, open, run, schema, summary

__version__: str = _core.version
__all__ = [
    "BusyError",
    "ScenarioError",
    "StoreError",
    "__version__",
    "check",
    "merge",
    "models",
    "open",
    "plot",
    "run",
    "schema",
    "summary",
]
