"""Colours of the charts on screen: the Government Analysis Function's; each line differs from the others in shape too."""

from __future__ import annotations

from safeguarding_metrics.process_control import PointType

# Middle tones that keep 3:1 against the light and the dark background alike.
LINE, TARGET, POINT, LIMIT = "#2f7fc1", "#d4500f", "#2f7fc1", "#7b828c"
# Colour and Plotly's symbol; the shapes are those of `indicator_wording.SHAPES`.
SPECIAL: dict[PointType, tuple[str, str]] = {
    "special_cause_improvement": ("#1b8c83", "star"),
    "special_cause_concern": ("#c2478f", "diamond"),
    "special_cause_neutral_high": ("#8a6bc7", "triangle-up"),
    "special_cause_neutral_low": ("#8a6bc7", "triangle-down"),
}
