"""Lets one system call after another go wrong, and looks at how the program takes it.

For every kind of call and every error, the first, second, third … call fails, until a run meets no fault. Lasting
errors must end the program in order: exit code 2, a message with the path (and the bytes needed when the disk is full),
nothing under the final name; and the same command must then finish with the bytes of an undisturbed run. Interrupted
calls and short writes must not be noticed at all.
"""

from __future__ import annotations

import argparse
import errno
import itertools
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from campaign import PARTS, Bench, Fault, Job, Notes, digest

FULL, BROKEN, INTERRUPTED = (str(number) for number in (errno.ENOSPC, errno.EIO, errno.EINTR))
SILENT = {INTERRUPTED, "short"}
WAYS = {
    "open": (FULL, BROKEN, INTERRUPTED),
    "write": (FULL, BROKEN, INTERRUPTED, "short"),
    "sync": (FULL, BROKEN, INTERRUPTED),
    "rename": (FULL, BROKEN),
    "close": (FULL, BROKEN, INTERRUPTED),
    "truncate": (FULL, BROKEN, INTERRUPTED),
}
BYTES = re.compile(r"\d[\d., ]*(bytes|[kMGT]i?B)\b")


class Campaign:
    """Counts faults and what was wrong after them."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.counts: Counter[str] = Counter()
        self.problems: list[str] = []

    def run(self, calls: int | None) -> None:
        """All jobs, kinds and ways; of each at most `calls` calls, evenly spread, or every one."""
        jobs = [self.bench.run, self.bench.shards[1], self.bench.merge]
        tasks = [
            (job, kind, way, stays)
            for job in jobs
            for kind, ways in WAYS.items()
            for way in ways
            for stays in ([False, True] if (kind, way) == ("write", FULL) else [False])
        ]
        with ThreadPoolExecutor(2) as pool:
            for counts, problems in pool.map(lambda task: self.series(*task, calls), tasks):
                self.counts += counts
                self.problems += problems

    def series(self, job: Job, kind: str, way: str, stays: bool, calls: int | None) -> tuple[Counter[str], list[str]]:
        """One kind of call going wrong in one way, at one call after another."""
        counts: Counter[str] = Counter()
        problems: list[str] = []
        for at in self.places(job, kind, calls):
            hit, found = self.trial(job, Fault(kind, at, way, stays))
            if not hit:
                break
            counts["faults"] += 1
            problems += found
        return counts, problems

    def places(self, job: Job, kind: str, calls: int | None) -> Iterable[int]:
        """Which calls are to fail: all, or some from the first to the last of an undisturbed run."""
        count = self.bench.clean[job.name].calls[kind]
        if calls is None:
            return itertools.count(1)
        return sorted({1 + round(i * (count - 1) / (calls - 1)) for i in range(calls)} if count > 0 else ())

    def trial(self, job: Job, fault: Fault) -> tuple[bool, list[str]]:
        """One run with one fault, and the run after it. False when the fault was never met."""
        name = f"{job.name}, {fault.kind} {fault.at}, {fault.way}{', stays' if fault.stays else ''}"
        folder = self.bench.work / re.sub(r"\W+", "-", name)
        self.prepare(job, folder)
        code, words = self.do(job, folder, fault)
        notes = self.bench.notes(folder)
        if notes.path is None:
            problems = [] if code == 0 else [f"ended with {code} without a fault: {words}"]
        else:
            judge = self.unnoticed if fault.way in SILENT else self.in_order
            problems = [*judge(job, folder, fault, notes, code, words), *self.recovery(job, folder)]
        if not problems:
            shutil.rmtree(folder)
        return notes.path is not None, [f"{name}: {problem}" for problem in problems]

    def prepare(self, job: Job, folder: Path) -> None:
        """An empty folder, or one with all shards."""
        if job is self.bench.merge:
            shutil.copytree(self.bench.shard_folder, folder, ignore=shutil.ignore_patterns(job.makes))
        else:
            folder.mkdir()

    def do(self, job: Job, folder: Path, fault: Fault | None) -> tuple[int, str]:
        """Exit code and words of a job."""
        process = self.bench.start(job, folder, fault)
        try:
            _, words = process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            _, words = process.communicate()
            return process.returncode, "it hung"
        return process.returncode, words

    def unnoticed(self, job: Job, folder: Path, fault: Fault, notes: Notes, code: int, words: str) -> list[str]:
        """What is wrong when the program should have gone on as if nothing had happened."""
        if code == 0 and words == "":
            return []
        return [f"not survived at {notes.path}: code {code}: {words}"]

    def in_order(self, job: Job, folder: Path, fault: Fault, notes: Notes, code: int, words: str) -> list[str]:
        """What is wrong when the program should have said so and left nothing half done."""
        problems = []
        lines = words.splitlines()
        if code < 0:
            problems.append(f"died by signal {-code} at {notes.path}")
        elif code == 0 and not (self.harmless(fault, notes) and self.whole(job, folder)):
            problems.append(f"success in spite of the fault at {notes.path}")
        elif code not in (0, 2):
            problems.append(f"ended with {code} at {notes.path}")
        if code != 0:
            if not lines or str(folder) not in lines[0]:
                problems.append(f"no path in the message at {notes.path}: {words}")
            if len(lines) > 2 or (len(lines) == 2 and "= help: " not in lines[1]):
                problems.append(f"more than a line and its help: {words}")
            if fault.way == FULL and not BYTES.search(words):
                problems.append(f"no bytes in the message at {notes.path}: {words}")
            if (folder / job.makes).exists() and (notes.renames == 0 or not self.whole(job, folder)):
                problems.append(f"{job.makes} is visible though the fault came before its rename, at {notes.path}")
        return problems

    @staticmethod
    def harmless(fault: Fault, notes: Notes) -> bool:
        """Whether a run may go on: nothing is lost when a file is closed that was synced before, when room cannot be
        reserved, when there is another way to give a name, or when an old work folder cannot be listed."""
        lists = fault.kind == "open" and notes.path is not None and notes.path.endswith(PARTS)
        return lists or fault.kind in ("close", "truncate", "rename")

    def recovery(self, job: Job, folder: Path) -> list[str]:
        """What is wrong when the disk is well again and the same command is given."""
        if not job.finished(folder):
            code, words = self.do(job, folder, None)
            if code != 0:
                return [f"cannot be finished afterwards: {words}"]
        return [] if self.whole(job, folder) else [f"{job.makes} differs afterwards"]

    def whole(self, job: Job, folder: Path) -> bool:
        """Whether the file is there, with the bytes of an undisturbed job."""
        path = folder / job.makes
        return path.exists() and digest(path) == self.bench.clean[job.name].digest


def main() -> int:
    """Runs a campaign; 1 when something was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nadir", type=Path, help="the program")
    parser.add_argument("--calls", type=int, help="at most so many calls of a kind, evenly spread; all when not given")
    parser.add_argument("--folder", type=Path, help="where to work; kept. A temporary folder when not given")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        start = time.monotonic()
        campaign = Campaign(Bench(arguments.nadir, arguments.folder or Path(temporary)))
        campaign.run(arguments.calls)
    for problem in campaign.problems:
        print(problem, file=sys.stderr)
    print(
        f"{campaign.counts['faults']} faults: {len(campaign.problems)} not taken in order "
        f"({time.monotonic() - start:.0f} s)"
    )
    return 1 if campaign.problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
