"""Work that waits for a processor, a disk or a network, done in threads so that everybody else is served meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from starlette.concurrency import run_in_threadpool

Given = ParamSpec("Given")
Found = TypeVar("Found")


class TooBusy(RuntimeError):
    """More people wait already than will be served soon."""


class Slowly:
    """At most so many pieces of work at once, and so many that wait for their turn."""

    def __init__(self, *, at_once: int, waiting: int) -> None:
        self._turns, self._most, self._inside = asyncio.Semaphore(at_once), at_once + waiting, 0

    async def do(self, work: Callable[Given, Found], *given: Given.args, **named: Given.kwargs) -> Found:
        """The work's answer. Raises TooBusy, and what the work raises."""
        if self._inside >= self._most:
            raise TooBusy
        self._inside += 1
        try:
            async with self._turns:
                return await run_in_threadpool(work, *given, **named)
        finally:
            self._inside -= 1
