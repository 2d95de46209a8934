"""The two days the plan's actions are due; "By April 2024" is read as by 30 April 2024, the month's last day."""

from __future__ import annotations

from datetime import date

BY_APRIL_2024 = date(2024, 4, 30)
BY_APRIL_2025 = date(2025, 4, 30)
