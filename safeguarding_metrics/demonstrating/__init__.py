"""The whole demonstration: the invented returns, and around them invented registers and meetings."""

from __future__ import annotations

from pathlib import Path

from dataset import demonstrating as returns
from safeguarding_metrics.demonstrating.meetings import MEETINGS
from safeguarding_metrics.demonstrating.registers import ENTRIES


def demonstrate(path: Path) -> int:
    """Make a new demonstration store; the number of ledger entries. Raises DemonstrationExists."""
    return returns.demonstrate(path, also=[*ENTRIES, *MEETINGS])
