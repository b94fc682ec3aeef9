"""The scenarios that come with nadir."""

from __future__ import annotations

import tomllib
from pathlib import Path

import jsonschema
import pytest

import nadir

CONFIGS = Path(__file__).parents[2] / "configs"


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.toml")), ids=lambda path: path.stem)
def test_a_preset_fits_the_schema_and_runs(path: Path) -> None:
    jsonschema.validate(tomllib.loads(path.read_text()), nadir.schema())
    result = nadir.run(path, patients=3)
    assert (result["status"] == 0).all()
    assert path.name in (CONFIGS / "README.md").read_text()


def test_the_schema_refuses_what_the_program_refuses() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"format": 1, "time": {"end": "1 d", "sampel": 3}}, nadir.schema())
