"""A run in shards on a Dask cluster: one task a shard, all written into one folder that every worker sees."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nadir import _core
from nadir.errors import BusyError

if TYPE_CHECKING:
    from distributed import Client, Future

# Dask gives up a task when a few of its workers have died, and then blames all that were queued behind the guilty one.
# So a shard is sent again, and only one that has been given up this often is taken to be guilty itself.
ATTEMPTS = 10

# Seconds that a task waits for another process that writes the same shard, such as a worker that Dask lost sight of.
PATIENCE = 600.0


def run_shards(
    client: Client, arguments: dict[str, Any], shards: int, folder: Path, report: Callable[[int, int], object] | None
) -> None:
    """Sees to it that every shard of a run is in `folder`; those that are there are kept. `report` gets shards done.

    arguments: what `_core.run_shard` takes and is the same for all shards.
    Raises what a shard raised. Finished shards stay, so that the same call goes on where this one ended.
    """
    try:
        from distributed import Client, KilledWorker, as_completed
    except ImportError as missing:
        raise ImportError("a run on a cluster needs Dask: pip install 'nadir[dask]'") from missing
    if not isinstance(client, Client):
        raise TypeError(f"client is a {type(client).__name__}; it must be a dask.distributed.Client")

    def submit(shard: int) -> Future[str]:
        return client.submit(run_shard, shard, shards, str(folder), arguments, pure=False)

    pending = {submit(shard): shard for shard in range(1, shards + 1)}
    failures: Counter[int] = Counter()
    completed = as_completed(list(pending))
    done = 0
    try:
        for future in completed:
            shard = pending.pop(future)
            error = future.exception()
            if isinstance(error, KilledWorker) and failures[shard] + 1 < ATTEMPTS:
                failures[shard] += 1
                again = submit(shard)
                pending[again] = shard
                completed.add(again)
            elif error is not None:
                raise error
            else:
                done += 1
                if report is not None:
                    report(done, shards)
    finally:
        client.cancel(list(pending))


def run_shard(shard: int, shards: int, folder: str, arguments: dict[str, Any]) -> str:
    """The task: one shard, on a worker. Returns its path."""
    patience = time.monotonic() + PATIENCE
    while True:
        try:
            return str(_core.run_shard(**arguments, progress=None, shard=shard, shards=shards, folder=folder))
        except BusyError:
            if time.monotonic() > patience:
                raise
            time.sleep(0.5)
