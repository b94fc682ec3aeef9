"""Kills runs, shards and merges with SIGKILL, goes on with them, and looks for anything lost, altered or half visible.

Half of the kills come at a random moment, the others just before, within or just after a system call that opens,
writes, syncs, renames or closes a file: there a half-done thing would be left behind.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from campaign import PARTS, RESULT, Bench, Clean, Fault, Job, digest


@dataclass
class State:
    """What a folder holds for good: finished files with their times, and what journal and manifest say for certain."""

    files: dict[str, tuple[str, int]] = field(default_factory=dict)
    records: dict[str, list[str]] = field(default_factory=dict)

    @staticmethod
    def of(folder: Path) -> State:
        """What is there now."""
        files = {path.name: (digest(path), path.stat().st_mtime_ns) for path in folder.glob("*.h5")}
        return State(files, {name: lines(folder / name) for name in (JOURNAL, MANIFEST)})


def lines(path: Path) -> list[str]:
    """The lines of a journal or manifest that a kill has not cut; those of a journal count up to the last tally."""
    whole = (
        [line for line in path.read_text().splitlines(keepends=True) if line.endswith("\n")] if path.exists() else []
    )
    if path.name == MANIFEST:
        return whole
    return whole[: max((i + 1 for i, line in enumerate(whole) if line.startswith("tally ")), default=0)]


JOURNAL, MANIFEST = f"{PARTS}/journal", "manifest.jsonl"

# How often each kind of call is chosen, and how often its last: with that, results, shards and manifests are concluded.
KINDS = {"open": 1, "write": 3, "sync": 1, "rename": 3, "close": 1, "truncate": 1}
LAST = 0.5


class Campaign:
    """Counts kills and what they broke."""

    def __init__(self, bench: Bench, seed: int) -> None:
        self.bench, self.seed = bench, seed
        self.lock = threading.Lock()
        self.counts: Counter[str] = Counter()
        self.problems: list[str] = []

    def run(self, kills: int) -> None:
        """Lives after lives, two at a time, until there were enough kills."""
        numbers = iter(range(10**9))
        with ThreadPoolExecutor(2) as pool:
            while self.counts["kills"] < kills and not self.problems:
                list(pool.map(self.live, [next(numbers) for _ in range(4)]))

    def live(self, number: int) -> None:
        """The life of one folder, from nothing to a finished result, with kills on the way."""
        rng = random.Random(f"{self.seed} {number}")
        folder = self.bench.work / f"life-{number}"
        folder.mkdir()
        state = State()
        plain = number % 2 == 0
        for job in [self.bench.run] if plain else [*self.bench.shards, self.bench.merge]:
            for _ in range(rng.randint(1, 4) if plain else rng.randint(0, 1)):
                if not job.finished(folder):
                    self.kill(job, folder, rng)
                    state = self.judge(f"life {number}, {job.name} killed", folder, state)
            self.finish(job, folder, rng)
            state = self.judge(f"life {number}, {job.name} finished", folder, state)
        self.count("results")
        if not self.problems:
            shutil.rmtree(folder)

    def kill(self, job: Job, folder: Path, rng: random.Random) -> None:
        """Starts a job and kills it; now and then another shard is made undisturbed at the same time."""
        clean, neighbour = self.bench.clean[job.name], None
        fault = self.aim(clean, rng) if rng.random() < 0.5 else None
        if job in self.bench.shards[:-1] and rng.random() < 0.5:
            neighbour = self.bench.start(self.bench.shards[-1], folder)
        process = self.bench.start(job, folder, fault, *self.threads(job, rng))
        if fault is None:
            time.sleep(rng.uniform(0.0, clean.seconds))
            process.kill()
        _, words = process.communicate()
        self.count("kills" if process.returncode == -9 else "misses")
        self.count("aimed", process.returncode == -9 and fault is not None)
        if process.returncode not in (0, -9):
            self.problems.append(f"{job.name} in {folder} ended with {process.returncode} before its kill: {words}")
        if neighbour is not None:
            _, words = neighbour.communicate()
            if neighbour.returncode != 0:
                self.problems.append(f"the neighbour of {job.name} in {folder} failed: {words}")

    def aim(self, clean: Clean, rng: random.Random) -> Fault:
        """One of the calls of an undisturbed job, to be killed before it or when it is done, or half done."""
        kinds = [kind for kind in KINDS if clean.calls[kind] > 0]
        (kind,) = rng.choices(kinds, [KINDS[kind] for kind in kinds])
        count = clean.calls[kind]
        return Fault(kind, count if rng.random() < LAST else rng.randint(1, count), rng.choice(["kill", "kill-after"]))

    def finish(self, job: Job, folder: Path, rng: random.Random) -> None:
        """Does what is left of a job, undisturbed."""
        if job.finished(folder):
            return
        process = self.bench.start(job, folder, None, *self.threads(job, rng))
        _, words = process.communicate()
        if process.returncode != 0:
            self.problems.append(f"{job.name} in {folder} cannot be finished: {words}")

    def threads(self, job: Job, rng: random.Random) -> list[str]:
        """Any number of threads, which must not matter."""
        return [] if job is self.bench.merge else [f"--threads={rng.randint(1, 3)}"]

    def judge(self, when: str, folder: Path, before: State) -> State:
        """Compares a folder with what was there before the last kill, and finished files with undisturbed ones."""
        now = State.of(folder)
        for job in [self.bench.run, *self.bench.shards]:
            if job.makes in now.files and now.files[job.makes][0] != self.bench.clean[job.name].digest:
                self.problems.append(f"{when}: {job.makes} is visible and not whole")
        for name, file in before.files.items():
            if now.files.get(name) != file:
                self.problems.append(f"{when}: the finished {name} was {'altered' if name in now.files else 'lost'}")
        for name, records in before.records.items():
            over = name == JOURNAL and RESULT in now.files  # then the journal may go
            if not over and now.records[name][: len(records)] != records:
                self.problems.append(f"{when}: records of {name} were lost or altered")
        self.count("kept", len(now.files) + sum(record.startswith("range ") for record in now.records[JOURNAL]))
        return now

    def count(self, what: str, number: int = 1) -> None:
        """Adds to the counts; lives run at the same time."""
        with self.lock:
            self.counts[what] += number


def main() -> int:
    """Runs a campaign; 1 when something was broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nadir", type=Path, help="the program")
    parser.add_argument("--kills", type=int, default=100, help="how many (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments (default: %(default)s)")
    parser.add_argument("--folder", type=Path, help="where to work; kept. A temporary folder when not given")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        start = time.monotonic()
        campaign = Campaign(Bench(arguments.nadir, arguments.folder or Path(temporary)), arguments.seed)
        campaign.run(arguments.kills)
    counts = campaign.counts
    for problem in campaign.problems:
        print(problem, file=sys.stderr)
    print(
        f"{counts['kills']} kills ({counts['aimed']} at a chosen call) on the way to {counts['results']} results, "
        f"{counts['kept']} looks at finished ranges, shards and results: "
        f"{len(campaign.problems)} things lost, altered or half visible "
        f"(seed {arguments.seed}, {time.monotonic() - start:.0f} s)"
    )
    return 1 if campaign.problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
