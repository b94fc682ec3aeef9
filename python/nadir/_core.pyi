from collections.abc import Callable
from typing import Any

version: str
disclaimer: str

def run(
    source: str,
    *,
    is_text: bool,
    name: str,
    patients: int | None,
    seed: int | None,
    threads: int,
    settings: list[str],
    progress: Callable[[int, int], object] | None,
) -> dict[str, Any]: ...
def run_shard(
    source: str,
    *,
    is_text: bool,
    name: str,
    patients: int | None,
    seed: int | None,
    threads: int,
    settings: list[str],
    progress: Callable[[int, int], object] | None,
    shard: int,
    shards: int,
    folder: str,
) -> str: ...
def merge(folder: str, path: str, *, overwrite: bool) -> str: ...
def summary(
    source: str,
    *,
    is_text: bool,
    name: str,
    patients: int | None,
    seed: int | None,
    settings: list[str],
    path: str,
) -> str: ...
def check(source: str, *, is_text: bool, name: str, settings: list[str]) -> str: ...
def models() -> list[dict[str, Any]]: ...
def schema() -> str: ...
