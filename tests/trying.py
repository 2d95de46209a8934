"""How often something is tried: a few times whenever the tests run, many times in the long run."""

from __future__ import annotations

import pytest


def tried(few: int, many: int) -> pytest.MarkDecorator:
    """The test is given `times`."""
    return pytest.mark.parametrize("times", [few, pytest.param(many, marks=pytest.mark.long)], ids=["few", "many"])
