"""Doors open one way: the table in docs/architecture.md, the links in CMake and the includes agree."""

from __future__ import annotations

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Headers that belong to an outside library, and the rooms that may include it.
LIBRARIES = {
    "Eigen/": {"kinetics", "population"},
    "Random123/": {"random"},
    "toml++/": {"scenario"},
    "nlohmann/": {"scenario", "store"},
    "xxhash": {"base"},
    "hdf5": {"store"},
    "CLI/": {"cli"},
    "pybind11/": {"python"},
    "boost/": {"ode"},
    "fmt/": {"scenario", "ensemble", "cli"},
}


def table() -> dict[str, set[str]]:
    """Room → rooms it may use, from the page."""
    rows = {}
    page = (ROOT / "docs/architecture.md").read_text().split("## The way of a run")[0]
    for line in page.splitlines():
        if found := re.match(r"\| `(\w+)` \| ([^|]*) \|", line):
            rows[found[1]] = {room for room in re.findall(r"\w+", found[2])}
    return rows


ROOMS = table()


def folder(room: str) -> Path:
    return {"models": ROOT / "models", "python": ROOT / "python/src"}.get(room, ROOT / "sim" / room)


def sources(room: str) -> list[Path]:
    return sorted(path for ending in ("*.hpp", "*.cpp") for path in folder(room).rglob(ending))


def room_of(include: str) -> str | None:
    if include.startswith("models/"):
        return "models"
    if include.startswith("python/"):
        return "python"
    return include.split("/")[1] if include.startswith("sim/") else None


def test_every_folder_is_a_room_and_every_room_a_folder() -> None:
    folders = {path.name for path in (ROOT / "sim").iterdir() if path.is_dir()} | {"models", "python"}
    assert folders == set(ROOMS)


def test_no_room_can_be_reached_from_itself() -> None:
    order: list[str] = []
    while len(order) < len(ROOMS):
        free = [room for room in ROOMS if room not in order and ROOMS[room] <= set(order)]
        assert free, f"a circle among {set(ROOMS) - set(order)}"
        order += free


@pytest.mark.parametrize("room", ROOMS)
def test_includes_keep_to_the_row_of_their_room(room: str) -> None:
    for path in sources(room):
        for include in re.findall(r'#include ["<]([^">]+)[">]', path.read_text()):
            target = room_of(include)
            if target is not None:
                assert target == room or target in ROOMS[room], f"{path.relative_to(ROOT)} includes {include}"
            for library, allowed in LIBRARIES.items():
                if include.startswith(library):
                    assert room in allowed, f"{path.relative_to(ROOT)} includes {include}"


@pytest.mark.parametrize("room", sorted(set(ROOMS) - {"models", "cli", "python"}))
def test_cmake_links_what_the_row_says(room: str) -> None:
    text = (folder(room) / "CMakeLists.txt").read_text()
    used = re.search(r"USES ([\w ]+?)(?:\s+LIBRARIES|\))", text)
    linked = set(used[1].split()) if used else set()
    linked |= set(re.findall(r"PUBLIC nadir::(\w+)", text))
    assert linked == ROOMS[room]


def test_every_header_stands_alone(tmp_path: Path) -> None:
    headers = [path for room in ROOMS if room != "python" for path in sources(room) if path.suffix == ".hpp"]
    assert len(headers) > 50

    def compile_alone(path: Path) -> str:
        text = f'#include "{path.relative_to(ROOT)}"\n'
        command = ["g++", "-std=c++20", "-fsyntax-only", "-x", "c++", f"-I{ROOT}", "-I/usr/include/hdf5/serial"]
        command += ["-I/usr/include/eigen3", '-DNADIR_VERSION="0"', "-"]
        return subprocess.run(command, input=text, capture_output=True, text=True, check=False).stderr

    with ThreadPoolExecutor(max_workers=2) as pool:
        for path, errors in zip(headers, pool.map(compile_alone, headers), strict=True):
            assert errors == "", path


def functions(paths: list[Path]) -> list[tuple[int, str]]:
    """Lines and name of every function, as Universal Ctags sees them."""
    command = [
        "ctags",
        "-x",
        "--_xformat=%{line} %{end} %{input} %{name}",
        "--kinds-C++=f",
        "--kinds-Python=fm",
        "--fields=+e",
    ]
    done = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, check=True)
    found = []
    for line in done.stdout.splitlines():
        begin, end, file, name = line.split(" ", 3)
        if end.isdigit():
            found.append((int(end) - int(begin) + 1, f"{Path(file).relative_to(ROOT)}: {name}"))
    return found


def test_files_and_functions_are_small() -> None:
    paths = [path for room in ROOMS for path in sources(room)] + sorted((ROOT / "python/nadir").glob("*.py"))
    for path in paths:
        assert len(path.read_text().splitlines()) < 300, path
    found = functions(paths)
    assert len(found) > 200
    assert [entry for entry in found if entry[0] > 60] == []
