"""What the campaigns share: the program under test, the jobs that are disturbed, and how a job ends undisturbed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

SCENARIO = """
format = 1
title = "two days without treatment, often sampled: little to simulate, much to write"
[ensemble]
patients = 3000
seed = 7
[time]
end = "2 d"
sample = "2.5 min"
[covariates]
bsa = 1.8
[output]
series = 2900
[[marrow]]
model = "friberg2002"
set = "docetaxel"
"""
SHARDS = 5
RESULT = "result.h5"
PARTS = "result.h5.parts"
HASTE = "100"  # ranges are recorded once a second; the runs of a campaign are too short for that


@dataclass(frozen=True)
class Fault:
    """A call that goes wrong: the `at`-th of a kind; `way` is a number of errno or a word of fault_shim.c."""

    kind: str
    at: int
    way: str
    stays: bool = False


@dataclass
class Notes:
    """What the shim saw: the path of the call that went wrong, the renames before it, and the calls of each kind."""

    path: str | None = None
    renames: int = 0
    calls: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Job:
    """A command that makes the file `makes` in a folder; the same command finishes what was begun."""

    name: str
    makes: str
    arguments: tuple[str, ...]

    def command(self, folder: Path) -> list[str]:
        """The arguments, for the first time and for the next."""
        resume = ["--resume"] if self.name == "run" and (folder / PARTS).exists() else []
        return [argument.format(folder=folder) for argument in self.arguments] + resume

    def finished(self, folder: Path) -> bool:
        """Whether the command would refuse to replace what it made; a shard may always be asked for again."""
        left = self.name == "run" and (folder / PARTS / "journal").exists()
        return self.makes == RESULT and (folder / RESULT).exists() and not left


@dataclass(frozen=True)
class Clean:
    """An undisturbed job: how long it took, its calls, and the SHA-256 of what it made."""

    seconds: float
    calls: dict[str, int]
    digest: str


class Bench:
    """The program under test in a working folder of its own, with the library that disturbs it."""

    def __init__(self, cli: Path, work: Path) -> None:
        self.cli, self.work = cli, work.resolve()
        self.work.mkdir(parents=True, exist_ok=True)
        self.shim = self.work / "fault_shim.so"
        source = Path(__file__).with_name("fault_shim.c")
        compiler = os.environ.get("CC", "cc")
        subprocess.run([compiler, "-std=c17", "-O1", "-fPIC", "-shared", source, "-o", self.shim, "-ldl"], check=True)
        scenario = self.work / "scenario.toml"
        scenario.write_text(SCENARIO)
        self.run = Job("run", RESULT, ("run", str(scenario), "-o", f"{{folder}}/{RESULT}"))
        self.shards = [
            Job(f"shard {k}", f"shard-{k:05}-of-{SHARDS:05}.h5",
                ("run", str(scenario), "--shard", f"{k}/{SHARDS}", "--out", "{folder}"))
            for k in range(1, SHARDS + 1)
        ]  # fmt: skip
        self.merge = Job("merge", RESULT, ("merge", "{folder}", "-o", f"{{folder}}/{RESULT}"))
        self.plain_folder, self.shard_folder = self.work / "plain", self.work / "shards"
        self.clean = {job.name: self._undisturbed(job) for job in (self.run, *self.shards, self.merge)}
        assert self.clean["run"].digest == self.clean["merge"].digest, "the merged file differs from the unsharded one"

    def start(self, job: Job, folder: Path, fault: Fault | None = None, *options: str) -> subprocess.Popen[str]:
        """Starts a job with its calls below `folder` counted, and with one of them going wrong."""
        log = self.log(folder)
        log.unlink(missing_ok=True)
        shim = {"LD_PRELOAD": str(self.shim), "NADIR_FAULT_FOLDER": str(folder), "NADIR_FAULT_LOG": str(log)}
        shim["NADIR_FAULT_HASTE"] = HASTE
        if fault is not None:
            shim |= {"NADIR_FAULT_KIND": fault.kind, "NADIR_FAULT_AT": str(fault.at), "NADIR_FAULT_WAY": fault.way}
            shim |= {"NADIR_FAULT_STAYS": "1"} if fault.stays else {}
        command = [str(self.cli), *job.command(folder), *options]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=os.environ | shim, stdout=pipe, stderr=pipe, text=True)

    @staticmethod
    def log(folder: Path) -> Path:
        """Where the shim notes what happened below a folder."""
        return folder.with_name(f"{folder.name}.log")

    def notes(self, folder: Path) -> Notes:
        """What the shim noted; no calls when the process was killed."""
        notes, log = Notes(), self.log(folder)
        for line in log.read_text().splitlines() if log.exists() else ():
            match line.split(" ", 3):
                case ["fault", _, renames, path] if notes.path is None:
                    notes.path, notes.renames = path, int(renames)
                case ["calls", kind, count]:
                    notes.calls[kind] = int(count)
        return notes

    def _undisturbed(self, job: Job) -> Clean:
        folder = self.plain_folder if job is self.run else self.shard_folder
        folder.mkdir(exist_ok=True)
        start = time.monotonic()
        process = self.start(job, folder)
        _, words = process.communicate()
        seconds = time.monotonic() - start
        assert process.returncode == 0, f"{job.name} fails undisturbed: {words}"
        return Clean(seconds, self.notes(folder).calls, digest(folder / job.makes))


def digest(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
