"""Shards: shares of the patients as files, joined to the bytes of a run without shards."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import h5py
import pytest

import nadir
from nadir import _core

CHANGES = ["--patients", "60", "--set", "output.series=25", "--set", "treatment.docetaxel.cycles=1"]
TABLE = """id,time,evid,amt,dv
1,0,1,100,
1,5,0,,3.1
1,9,0,,1.2
2,0,1,80,
2,7,0,,2.2
3,1,0,,5.0
"""
Program = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def program(nadir_cli: Path) -> Program:
    """Calls the program; a run gets the scenario's changes."""

    def call(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [str(nadir_cli), *map(str, arguments)]
        if command[1] == "run":
            command += CHANGES
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return call


def make_shards(program: Program, folder: Path, count: int) -> Path:
    """All shards of a folder, the last first."""
    folder.mkdir()
    for number in range(count, 0, -1):
        done = program("run", "docetaxel_q3w", "--shard", f"{number}/{count}", "--out", folder)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def shards(program: Program, tmp_path: Path) -> Path:
    """A folder with three shards."""
    return make_shards(program, tmp_path / "shards", 3)


@pytest.fixture
def whole(program: Program, tmp_path: Path) -> Path:
    """The same without shards."""
    path = tmp_path / "whole.h5"
    assert program("run", "docetaxel_q3w", "-o", path).returncode == 0
    return path


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """What a refused command says, which is an error, a help and no more."""
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert ": error: " in lines[0] or lines[0].startswith("error: ")
    assert lines[1].startswith("      = help: ")
    assert len(lines) == 2
    return done.stderr


@pytest.mark.parametrize("count", [1, 2, 5, 17])
def test_merged_shards_are_the_bytes_of_one_run(count: int, program: Program, whole: Path, tmp_path: Path) -> None:
    folder = make_shards(program, tmp_path / "many", count)
    merged = program("merge", folder)
    assert merged.returncode == 0, merged.stderr
    assert (tmp_path / "many.h5").read_bytes() == whole.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["many", "many.h5", "whole.h5"]
    assert len(list(folder.iterdir())) == count + 1


def test_more_shards_than_patients_are_joined_too(program: Program, whole: Path, tmp_path: Path) -> None:
    folder = make_shards(program, tmp_path / "many", 64)
    assert program("merge", folder, "-o", tmp_path / "joined.h5").returncode == 0
    assert (tmp_path / "joined.h5").read_bytes() == whole.read_bytes()


def test_shards_of_an_event_table_are_joined_to_the_bytes_of_one_run(
    nadir_cli: Path, program: Program, tmp_path: Path
) -> None:
    (tmp_path / "table.csv").write_text(TABLE)
    scenario = tmp_path / "table.toml"
    scenario.write_text(
        'format = 1\n[ensemble]\npatients = 20\n[time]\nend = "21 d"\n[covariates]\nbsa = 1.8\n'
        '[[marrow]]\nmodel = "netterberg2017"\n[[treatment]]\ndrug = "docetaxel"\n'
        'kinetics = "docetaxel_bruno1996"\neffect = "netterberg2017_docetaxel"\n'
        '[events]\nfile = "table.csv"\ntime = "d"\nobserve = "anc"\n'
    )
    subprocess.run([nadir_cli, "run", scenario, "-q", "-o", tmp_path / "one.h5"], check=True)
    folder = tmp_path / "shards"
    folder.mkdir()
    for number in range(1, 8):
        subprocess.run([nadir_cli, "run", scenario, "-q", "--shard", f"{number}/7", "--out", folder], check=True)
    assert program("merge", folder, "-o", tmp_path / "joined.h5").returncode == 0
    assert (tmp_path / "joined.h5").read_bytes() == (tmp_path / "one.h5").read_bytes()
    with h5py.File(tmp_path / "one.h5") as file:
        assert file["subject"].asstr()[:4].tolist() == ["1", "2", "3", "1"]
        assert file["observation.patient"][:5].tolist() == [0, 0, 1, 2, 3]


def test_a_shard_that_fits_is_kept(program: Program, shards: Path) -> None:
    path = shards / "shard-00002-of-00003.h5"
    before, manifest = path.stat().st_mtime_ns, (shards / "manifest.jsonl").read_bytes()
    again = program("run", "docetaxel_q3w", "--shard", "2/3", "--out", shards)
    assert again.returncode == 0
    assert "kept" in again.stdout
    assert path.stat().st_mtime_ns == before
    assert (shards / "manifest.jsonl").read_bytes() == manifest


def test_a_lost_manifest_is_made_anew_from_sound_shards(program: Program, shards: Path, whole: Path) -> None:
    (shards / "manifest.jsonl").unlink()
    for number in (1, 2, 3):
        assert "kept" in program("run", "docetaxel_q3w", "--shard", f"{number}/3", "--out", shards).stdout
    assert program("merge", shards).returncode == 0
    assert shards.with_suffix(".h5").read_bytes() == whole.read_bytes()


def test_a_shard_of_another_scenario_is_refused(program: Program, shards: Path) -> None:
    words = refusal(program("run", "docetaxel_q3w", "--shard", "2/3", "--out", shards, "--set", "ensemble.seed=5"))
    assert "shard-00002-of-00003.h5: error: the shard is of another scenario" in words
    words = refusal(program("run", "docetaxel_q3w", "--shard", "2/4", "--out", shards))
    assert "another scenario, version or number of shards" in words


def test_a_damaged_shard_is_refused_by_run_and_by_merge(program: Program, shards: Path) -> None:
    path = shards / "shard-00002-of-00003.h5"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 16
    path.write_bytes(content)
    for done in (program("run", "docetaxel_q3w", "--shard", "2/3", "--out", shards), program("merge", shards)):
        words = refusal(done)
        assert f"{path}: error: the shard is damaged" in words
        assert "remove" in words


def test_a_truncated_shard_is_refused(program: Program, shards: Path) -> None:
    path = shards / "shard-00002-of-00003.h5"
    path.write_bytes(path.read_bytes()[:1000])
    assert f"{path}: error: the shard has 1000 bytes instead of" in refusal(program("merge", shards))
    assert str(path) in refusal(program("run", "docetaxel_q3w", "--shard", "2/3", "--out", shards))


def test_missing_shards_are_listed_with_the_command_that_makes_them(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "shards"
    folder.mkdir()
    words = refusal(program("merge", folder))
    assert "there are no finished shards" in words
    for number in (2, 4):
        program("run", "docetaxel_q3w", "--shard", f"{number}/5", "--out", folder)
    words = refusal(program("merge", folder))
    assert "3 of 5 shards are missing: 1, 3, 5" in words
    assert f"--shard 1/5 --out {folder}" in words


def change_line(manifest: Path, **changes: object) -> None:
    """Edits the first line by hand."""
    lines = manifest.read_text().splitlines()
    lines[0] = json.dumps(json.loads(lines[0]) | changes, separators=(",", ":"))
    manifest.write_text("\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"digest": "0" * 32}, "the shard is damaged: it differs from its digest"),
        ({"file": "other.h5"}, "does not fit the others"),
        ({"bytes": 12}, "bytes instead of 12"),
        ({"first": 1}, "does not fit the others"),
        ({"nadir_version": "0.0.9"}, "is of another scenario, version or number of shards"),
        ({"scenario_hash": "1" * 32}, "is of another scenario, version or number of shards"),
        ({"shard": "two"}, "line 1 is not one that nadir writes"),
        ({"comment": "mine"}, "line 1 is not one that nadir writes"),
    ],
)
def test_a_manifest_edited_by_hand_is_refused(
    changes: dict[str, object], words: str, program: Program, shards: Path
) -> None:
    change_line(shards / "manifest.jsonl", **changes)
    assert words in refusal(program("merge", shards))
    assert not shards.with_suffix(".h5").exists()


def test_a_manifest_that_is_no_json_is_refused(program: Program, shards: Path) -> None:
    (shards / "manifest.jsonl").write_text("shard 1: done\n")
    for done in (program("merge", shards), program("run", "docetaxel_q3w", "--shard", "1/3", "--out", shards)):
        assert "manifest.jsonl: error: line 1 is not one that nadir writes: shard 1: done" in refusal(done)


def test_a_line_without_its_end_is_dropped(program: Program, shards: Path) -> None:
    with (shards / "manifest.jsonl").open("a") as manifest:
        manifest.write('{"file": "sha')
    assert program("merge", shards).returncode == 0


def test_a_file_is_not_replaced_by_merge_unless_asked(program: Program, shards: Path) -> None:
    out = shards.with_suffix(".h5")
    out.write_text("precious")
    assert "the file exists already" in refusal(program("merge", shards))
    assert out.read_text() == "precious"
    assert program("merge", shards, "--overwrite").returncode == 0
    assert out.read_text(errors="ignore") != "precious"


def test_a_shard_is_not_a_result(program: Program, shards: Path) -> None:
    words = refusal(program("hash", shards / "shard-00001-of-00003.h5"))
    assert "not a result of nadir" in words
    assert f"nadir merge {shards}" in words


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--shard", "18/17", "--out", "{tmp}"], "there is no such shard"),
        (["--shard", "0/4", "--out", "{tmp}"], "there is no such shard"),
        (["--shard", "1/0", "--out", "{tmp}"], "0 shards are impossible"),
        (["--shard", "x", "--out", "{tmp}"], "is not a shard"),
        (["--shard", "3/4x", "--out", "{tmp}"], "is not a shard"),
        (["--shard", "1/2"], "belong together"),
        (["--out", "{tmp}"], "belong together"),
        (["--shard", "1/2", "--out", "{tmp}/missing"], "mkdir -p"),
        (["--shard", "1/2", "--out", "{tmp}/file"], "is not a folder"),
        (["--shard", "1/2", "--out", "/proc"], "cannot write in '/proc'"),
        (["-o", "{tmp}/missing/a.h5"], "mkdir -p"),
        (["-o", "/proc/a.h5"], "cannot write in '/proc'"),
        (["-o", "{tmp}"], "this is a folder"),
        (["-o", "{tmp}/file"], "the file exists already"),
    ],
)
def test_what_cannot_be_written_is_refused_at_once(
    arguments: list[str], words: str, program: Program, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    start = time.monotonic()
    said = refusal(program("run", "docetaxel_q3w", *(word.format(tmp=tmp_path) for word in arguments)))
    assert time.monotonic() - start < 1.0
    assert words in said
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_the_same_shard_twice_at_once_is_refused(nadir_cli: Path, tmp_path: Path) -> None:
    place = ["--shard", "1/2", "--out", str(tmp_path)]
    command = [str(nadir_cli), "run", "docetaxel_q3w", "--patients", "20000", *place]
    with subprocess.Popen([*command, "-q"]) as first:
        while not list(tmp_path.glob(".*.tmp")):
            time.sleep(0.01)
        second = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "another process is simulating this shard" in refusal(second)
    assert first.returncode == 0


def test_shards_at_once_in_one_folder_are_all_listed(nadir_cli: Path, program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "shards"
    folder.mkdir()
    runs = [
        subprocess.Popen([nadir_cli, "run", "docetaxel_q3w", "-q", "--shard", f"{number}/6", "--out", folder, *CHANGES])
        for number in range(1, 7)
    ]
    assert [run.wait() for run in runs] == [0] * 6
    assert len((folder / "manifest.jsonl").read_text().splitlines()) == 6
    assert program("merge", folder).returncode == 0


def make_in_python(folder: Path, shard: int, shards: int) -> str:
    """One shard of the scenario, by the compiled module."""
    return _core.run_shard(
        "docetaxel_q3w",
        is_text=False,
        name="",
        patients=60,
        seed=None,
        threads=1,
        settings=CHANGES[3::2],
        progress=None,
        shard=shard,
        shards=shards,
        folder=str(folder),
    )


def test_python_makes_shards_and_joins_them(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "shards"
    folder.mkdir()
    for shard in (1, 2, 2):
        assert make_in_python(folder, shard, 2) == str(folder / f"shard-{shard:05}-of-00002.h5")
    assert nadir.merge(folder, tmp_path / "joined.h5") == nadir.open(whole).attrs["result_hash"]
    with pytest.raises(nadir.StoreError, match="the file exists already"):
        nadir.merge(folder, tmp_path / "joined.h5")


def test_threads_of_python_make_shards_at_once(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "shards"
    folder.mkdir()
    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(lambda shard: make_in_python(folder, shard, 20), range(1, 21)))
    assert nadir.merge(folder, tmp_path / "joined.h5") == nadir.open(whole).attrs["result_hash"]
