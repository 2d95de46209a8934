"""Running the two commands as a person would, for the tests of both."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from dataset.__main__ import main as dataset_main

Run = Callable[..., tuple[int, str, str]]


def as_json(run: Run, *arguments: str, main: Callable[[list[str]], int] = dataset_main) -> Any:
    _, said, complaint = run(*arguments, "--json", main=main)
    assert complaint == ""
    return json.loads(said)
