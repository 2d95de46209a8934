from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from dataset import children_code_lists, code_lists
from dataset.columns import Day, Identifier, OneOf, Whole
from dataset.retention import CHILDREN, Footing
from dataset.rules import FilledTogether, WithinQuarter
from dataset.table import About, Return


class MissingEpisode(Return):
    """A child reported missing to the police, from home or from care."""

    about = About(
        name="missing_episodes",
        title="Missing children",
        one_row_is="one time a child went missing from home or care in Stockport, begun in the quarter, "
        "whichever council is responsible for the child",
        why="A child who goes missing is in danger then, and tells us something is wrong; the talk afterwards "
        "is the chance to hear what.",
        source="001:336-346, 001:434, 001:898; 004:219",
        footing=Footing(lawful_basis=CHILDREN),
    )
    key = ("episode_id",)
    period = "began_on"
    rules: ClassVar = (
        WithinQuarter("began_on"),
        FilledTogether("welfare_check", "hours_missing"),
        FilledTogether("return_interview", "hours_missing"),
    )

    episode_id: Annotated[str, Identifier("Your own reference for the episode; never a name.", prefix="ME")]
    began_on: Annotated[date, Day("The day the child went missing.")]
    missing_from: Annotated[str, OneOf("Where the child went missing from.", codes=children_code_lists.MISSING_FROM)]
    first_since_april: Annotated[
        str,
        OneOf(
            "Whether it was the child's first episode from there since 1 April.",
            codes=code_lists.YES_NO,
        ),
    ]
    hours_missing: Annotated[
        int | None,
        Whole(
            "Full hours until the child was found or came back; blank if still missing when the return was made.",
            high=20_000,
            required=False,
            example="9",
        ),
    ]
    welfare_check: Annotated[
        str | None,
        OneOf(
            "Whether the child's safety was checked within 24 hours of coming back; blank if still missing.",
            codes=children_code_lists.WELFARE_CHECK,
            required=False,
        ),
    ]
    return_interview: Annotated[
        str | None,
        OneOf(
            "What became of the independent return interview; blank if still missing.",
            codes=children_code_lists.RETURN_INTERVIEW,
            required=False,
        ),
    ]
