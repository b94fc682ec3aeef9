"""What the package offers, and that its stub, its version and its models agree with the compiled part."""

import ast
import dataclasses
import re
from pathlib import Path

import pytest

import nadir
from nadir import _core


def test_every_public_name_is_there_and_documented() -> None:
    for name in nadir.__all__:
        assert hasattr(nadir, name)
    for function in (nadir.run, nadir.open, nadir.check, nadir.plot, nadir.schema, nadir.summary):
        assert function.__doc__


def test_the_version_is_that_of_the_project(repo: Path) -> None:
    declared = re.search(r"project\(nadir VERSION ([0-9.]+)", (repo / "CMakeLists.txt").read_text())
    assert declared is not None
    assert nadir.__version__ == declared[1]


def test_the_citation_names_the_same_version(repo: Path) -> None:
    assert f"\nversion: {nadir.__version__}\n" in (repo / "CITATION.cff").read_text()


def test_the_stub_describes_the_compiled_module() -> None:
    stub = ast.parse(Path(nadir.__file__).with_name("_core.pyi").read_text())
    functions = {node.name for node in stub.body if isinstance(node, ast.FunctionDef)}
    values = {ast.unparse(node.target) for node in stub.body if isinstance(node, ast.AnnAssign)}
    assert functions | values == {name for name in dir(_core) if not name.startswith("_")}


def test_models_are_a_mapping_from_ids() -> None:
    assert len(nadir.models) == len(list(nadir.models)) > 0
    assert "netterberg2017" in nadir.models
    assert "netterberg2017" in repr(nadir.models)
    with pytest.raises(KeyError, match=r"there is no model 'netterberg'; available: .*netterberg2017"):
        nadir.models["netterberg"]


@pytest.mark.parametrize("name", list(nadir.models))
def test_every_model_shows_units_meanings_and_its_source(name: str) -> None:
    model = nadir.models[name]
    assert model.id == name
    assert model.source in repr(model)
    assert model.source in model._repr_html_()
    assert model.parameters["unit"].str.len().all()
    assert model.parameters["meaning"].str.len().all()
    assert list(model.spreads.index) == list(model.parameters.index)
    assert list(model.spreads.columns) == list(model.parameters.columns)[2:]


def test_a_model_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        nadir.models["netterberg2017"].source = "hearsay"  # type: ignore[misc]


def test_a_marrow_tells_which_drugs_it_takes() -> None:
    doses = nadir.models["filgrastim_binding"].doses
    assert doses.loc["filgrastim", "unit"] == "ug"
    assert doses.loc["filgrastim", "into"] == "depot"
    assert nadir.models["friberg2002"].doses.empty
