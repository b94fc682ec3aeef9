"""Code for newer processors stays in its own files: no path of an older machine can lead into it.

A function that two object files both define weakly (an inline function, a template) is merged by the linker, which
keeps any one of them: with AVX-512 perhaps. So an object of an instruction set defines nothing but its table, and its
sources use nothing of the standard library but constants and types: no algorithm, no container, no function.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LANES = ROOT / "sim/lanes"
SETS = ("v3", "v4")

# What the sources of all instruction sets share: declarations, and the constants of exp and log.
SHARED = {"sim/lanes/crew.hpp", "sim/lanes/implicit.hpp", "sim/lanes/kernels.hpp", "sim/math/elementary.hpp"}
# Of the compiler: the instructions themselves.
INTRINSICS = {"immintrin.h"}
# Headers of the standard library of which the shared headers take types and constants.
TYPES = {"cstdint", "limits", "span", "string_view"}


def includes(path: Path) -> set[str]:
    return set(re.findall(r'#include ["<]([^">]+)[">]', path.read_text()))


def objects() -> list[Path]:
    """The objects of every build folder of this machine."""
    return sorted(
        path
        for name in SETS
        for path in ROOT.glob(f"build/**/sim/lanes/CMakeFiles/nadir_lanes.dir/kernels_{name}.cpp.o")
        if not {"asan", "tsan", "coverage"} & set(path.parts)  # these add symbols of their own
    )


def symbols(path: Path) -> dict[str, str]:
    """Name → kind, of what an object defines for others: global (capital letters) or weak."""
    done = subprocess.run(["nm", "-C", "--defined-only", str(path)], capture_output=True, text=True, check=True)
    found = (line.split(" ", 2) for line in done.stdout.splitlines())
    return {name: kind for _, kind, name in found if kind.isupper() or kind in "uvw"}


def test_objects_of_an_instruction_set_define_nothing_but_their_table() -> None:
    found = objects()
    if not found:
        pytest.skip("NOT CHECKED: no build folder in build/; run ./scripts/test")
    for path in found:
        table = f"nadir::lanes::{path.name.removesuffix('.cpp.o')}"
        assert set(symbols(path)) == {table}, path


def test_sources_of_an_instruction_set_use_nothing_of_the_standard_library_but_types_and_constants() -> None:
    own = {str(path.relative_to(ROOT)) for path in (LANES / "isa").glob("*.hpp")}
    for path in (LANES / "isa").glob("*.hpp"):
        assert includes(path) <= own | SHARED | INTRINSICS, path
    for name in ("base", *SETS):
        assert includes(LANES / f"kernels_{name}.cpp") == {"sim/lanes/isa/table.hpp"}
    seen: set[str] = set()
    waiting = set(SHARED)
    while waiting:
        header = waiting.pop()
        seen.add(header)
        waiting |= {name for name in includes(ROOT / header) if name.startswith("sim/")} - seen
        assert {name for name in includes(ROOT / header) if not name.startswith("sim/")} <= TYPES, header


def test_only_those_sources_are_compiled_for_newer_processors() -> None:
    told = {
        path.relative_to(ROOT)
        for pattern in (
            "CMakeLists.txt",
            "CMakePresets.json",
            "cmake/*.cmake",
            "sim/**/CMakeLists.txt",
            "*/CMakeLists.txt",
        )
        for path in ROOT.glob(pattern)
        if "-march" in path.read_text()
    }
    # The benchmark is a program of its own for such a machine; nothing is linked with it.
    assert told == {Path("sim/lanes/CMakeLists.txt"), Path("benchmarks/CMakeLists.txt")}
    rooms = (LANES / "CMakeLists.txt").read_text()
    assert set(re.findall(r"set_source_files_properties\((\S+) PROPERTIES COMPILE_OPTIONS \"-march", rooms)) == {
        f"kernels_{name}.cpp" for name in SETS
    }
