"""The definitions as tables to take away: indicators, what is not measured, returns, plan, agencies, terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dataset.agencies import AGENCIES, DUTIES
from dataset.counts.exclusions import EXCLUSIONS
from dataset.demonstrating.counts import CANNOT_FOLLOW
from dataset.demonstrating.not_followed import NOT_MET
from dataset.tables import RETURNS, return_named
from dataset.templates import guide_rows
from safeguarding_metrics import wording
from safeguarding_metrics.defining import adding_words, breakdown_words, example_words, owner_words
from safeguarding_metrics.glossary import GLOSSARY
from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.plan import Outcome, Plan
from safeguarding_metrics.settings import Settings
from safeguarding_metrics.table_files import FileTable, Row, number

SOURCE = "definitions of this software"
INDICATOR_HEADS = (
    "indicator",
    "title",
    "theme",
    "headline",
    "question",
    "numerator",
    "denominator",
    "owners",
    "polarity",
    "return",
    "why_it_matters",
    "worked_example",
    "may_be_added_over",
    "broken_down_by",
    "left_out",
    "from_the_documents",
)
RETURN_HEADS = ("return", "column", "meaning", "needed", "what_to_write", "example", "rules", "from_the_documents")
MILESTONE_HEADS = (
    "priority",
    "priority_title",
    "outcome",
    "title",
    "promise",
    "indicator",
    "year",
    "milestone",
    "at_least",
    "at_most",
    "unit",
    "baseline",
    "how_we_read",
    "place",
)
ACTION_HEADS = ("priority", "action", "text", "by", "place")


def indicators_table(found: Iterable[Indicator]) -> FileTable:
    """One row for each indicator, in the order of the catalogue."""
    return _defined("indicators", "Definitions of the indicators", INDICATOR_HEADS, (_indicator(one) for one in found))


def _indicator(one: Indicator) -> Row:
    return (
        one.id,
        one.title,
        one.theme,
        "yes" if one.headline else "",
        one.question,
        one.counts,
        one.out_of,
        owner_words(one),
        wording.polarity_words(one.polarity),
        one.table.about.title,
        one.why_it_matters,
        example_words(one),
        adding_words(one),
        breakdown_words(one),
        one.left_out,
        one.source,
    )


def not_measured_table() -> FileTable:
    """What the documents name and no indicator measures."""
    rows = ((one.named, one.reason, one.source) for one in EXCLUSIONS)
    return _defined("not_measured", "Named and not measured", ("what", "why_not", "from_the_documents"), rows)


def not_followed_table() -> FileTable:
    """The published figures that the demonstration does not follow."""
    rows = ((one.measure, one.place, one.reason) for one in (*NOT_MET, *CANNOT_FOLLOW))
    return _defined("not_followed", "Published figures not followed", ("measure", "place", "why_not"), rows)


def returns_table() -> FileTable:
    """One row for each column of each return."""
    return _defined("return_columns", "Columns of the returns", RETURN_HEADS, _columns())


def _columns() -> Iterator[Row]:
    for one in RETURNS:
        for row in guide_rows(one):
            said = (row["meaning"], row["needed"], row["write"], row["example"], row["rules"])
            yield one.about.title, row["column"], *said, one.about.source


def milestones_table(plan: Plan, settings: Settings) -> FileTable:
    """One row for each outcome of the plan and year with a milestone; one for an outcome without a number."""
    rows = (
        (
            priority.number,
            priority.title,
            outcome.id,
            outcome.title,
            outcome.promise,
            *_milestone(outcome, year, settings),
        )
        for priority, outcome in plan.outcomes()
        for year in (outcome.target.years if outcome.target else ("",))
    )
    return _defined("milestones", f"Outcomes and milestones of the {plan.title}", MILESTONE_HEADS, rows, _span(plan))


def _milestone(outcome: Outcome, year: str, settings: Settings) -> Row:
    target, told = outcome.target, (outcome.how_we_read, outcome.place)
    if target is None:
        return ("", "", "no measure defined", "", "", "", "", *told)
    goal = target.goal(year, outcome.baseline, settings)
    return (
        outcome.indicator or "",
        year,
        goal.words if goal else "needs a baseline",
        number(goal.at_least if goal else None),
        number(goal.at_most if goal else None),
        target.unit,
        wording.baseline_words(outcome.baseline),
        *told,
    )


def actions_table(plan: Plan) -> FileTable:
    """One row for each action the plan orders, with the last day it may be done."""
    rows = ((priority.number, one.id, one.text, one.by, one.place) for priority, one in plan.actions())
    return _defined("actions", f"Actions of the {plan.title}", ACTION_HEADS, rows, _span(plan))


def _span(plan: Plan) -> str:
    return f"{plan.first} to {plan.last}"


def agencies_table() -> FileTable:
    """One row for each return an agency owes; one for an agency that owes none yet."""
    return _defined("agencies", "The register of agencies", ("code", "agency", "return", "due"), _owing())


def _owing() -> Iterator[Row]:
    for agency in AGENCIES:
        duties = [duty for duty in DUTIES if duty.agency is agency]
        for duty in duties:
            after = "the year" if duty.quarters == {4} else "the quarter"
            title = return_named(duty.dataset).about.title
            yield agency.code, agency.name, title, f"{duty.working_days} working days after {after}"
        if not duties:
            yield agency.code, agency.name, "none yet", ""


def glossary_table() -> FileTable:
    """One row for each term the screens use."""
    return _defined("glossary", "The terms the screens use", ("term", "meaning"), GLOSSARY)


def _defined(
    name: str, caption: str, heads: Sequence[str], rows: Iterable[Row], period: str = "as defined now"
) -> FileTable:
    """A table of definitions: they are nobody's data, so that nothing in them is ever invented."""
    return FileTable(name, caption, period, tuple(heads), tuple(rows), SOURCE, of_returns=False)
