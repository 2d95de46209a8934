"""The parts that papers of a meeting are put together from, each made from the frozen record alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from safeguarding_metrics.meetings.record import Record
from safeguarding_metrics.packs.blocks import Block, Bullets, Chart, Line, Paragraph, Section, Table
from safeguarding_metrics.wording import counted

Values = dict[str, Any]

ON_COURSE = ("met",)
OFF_COURSE = ("not_met", "near")


def day(text: str) -> str:
    """2024-05-14 as 14/05/2024; "" stays."""
    return f"{date.fromisoformat(text):%d/%m/%Y}" if text else ""


def outcomes_with(record: Record, statuses: Iterable[str]) -> list[Values]:
    """The outcomes with a number whose status is one of these, in the order of the plan."""
    wanted = set(statuses)
    return [one for one in record["progress"]["outcomes"] if one["status"] in wanted]


def not_judged(record: Record) -> list[Values]:
    """The outcomes with a number about which nothing can be said."""
    known = {*ON_COURSE, *OFF_COURSE, "no_measure"}
    return [one for one in record["progress"]["outcomes"] if one["status"] not in known]


def on_course(record: Record) -> Section:
    found = outcomes_with(record, ON_COURSE)
    if not found:
        return Section("What is on course", (Paragraph("No target is met."),))
    return Section(
        "What is on course", (Bullets(tuple(f"{one['id']} {one['title']}. {one['sentence']}" for one in found)),)
    )


def off_course(record: Record) -> Section:
    """Each outcome off its milestone, with what the agencies say of it and what is being done."""
    found = outcomes_with(record, OFF_COURSE)
    if not found:
        return Section("What is not on course", (Paragraph("No target that can be judged is missed."),))
    blocks: list[Block] = []
    for one in found:
        blocks.append(Paragraph(f"{one['id']} {one['title']}. {one['sentence']}", strong=True))
        blocks.append(Bullets(tuple(said_and_done(record, one["indicator"]))))
    return Section("What is not on course, and why", tuple(blocks))


def said_and_done(record: Record, indicator: str | None) -> list[str]:
    """What agencies say of a figure, who still owes a word, and the challenges and decisions about it."""
    said = [
        f"{comment['agency']}. What happened: {comment['what_happened']} So what: {comment['so_what']} "
        f"Now what: {comment['now_what']}"
        for comment in record["comments"]
        if comment["indicator"] == indicator
    ]
    owing = [one["agency"] for one in record["owed"] if one["indicator"] == indicator]
    if owing:
        said.append(f"An explanation is owed by {', '.join(owing)}.")
    registers = record["registers"]
    said += [
        f"Challenge {one['reference']} to {one['owner']}, {one['state'].lower()}: {one['headline']}"
        for one in registers["challenges"]
        if one["open"] and one["indicator"] == indicator
    ]
    said += [
        f"Decision {one['reference']}, {one['owner']}, {one['state'].lower()}: {one['headline']}"
        for one in registers["decisions"]
        if one["open"] and one["indicator"] == indicator
    ]
    return said or ["Nobody has commented, and no challenge or decision about it is open."]


def cannot_be_judged(record: Record) -> Section:
    found = not_judged(record)
    if not found:
        return Section("What cannot be judged", (Paragraph("Every target can be judged."),))
    if len({one["status"] for one in found}) == 1 and found[0]["status"] == "no_milestone":
        text = (
            f"None of the {len(found)} targets has a milestone for {found[0]['period']}: {record['progress']['detail']}"
        )
        return Section("What cannot be judged", (Paragraph(text),))
    items = tuple(f"{one['id']} {one['title']}. {one['sentence']}" for one in found)
    return Section("What cannot be judged, and who owes it", (Bullets(items),))


def owed_to_us(record: Record) -> Section:
    """Returns that were not sent, and explanations that are owed, agency by agency."""
    missing = [f"{one['agency']}: {one['return']}, {one['quarter']}" for one in record["missing_returns"]]
    blocks: list[Block] = [
        Bullets(tuple(f"Not sent: {one}" for one in missing))
        if missing
        else Paragraph("Every return that was due is in.")
    ]
    by_agency: dict[str, list[str]] = {}
    for one in record["owed"]:
        by_agency.setdefault(one["agency"], []).append(one["title"])
    rows = tuple((agency, str(len(titles)), "; ".join(titles)) for agency, titles in by_agency.items())
    if rows:
        heads = ("Agency", "Figures", "Which")
        blocks.append(Table("Explanations owed", heads, rows, (3, 1.4, 8)))
    else:
        blocks.append(Paragraph("No explanation is owed."))
    return Section("Who owes what", tuple(blocks))


def challenges(record: Record) -> Section:
    found = [one for one in record["registers"]["challenges"] if one["open"]]
    if not found:
        return Section("Challenges", (Paragraph("No challenge is open."),))
    carried = sum(one["carried"] for one in found)
    said = f"{counted(len(found), 'challenge')} open, {carried} of them carried over from an earlier quarter."
    rows = tuple(
        (one["reference"], one["quarter"], one["owner"], one["headline"], one["state"], _due(one)) for one in found
    )
    heads = ("Challenge", "Quarter", "Agency", "What was asked", "State", "Due")
    return Section("Challenges", (Paragraph(said), Table("Open challenges", heads, rows, (2, 2.1, 3, 6.5, 2, 2.3))))


def _due(one: Values) -> str:
    return f"{day(one['due'])}{' (overdue)' if one['overdue'] else ''}" if one["due"] else ""


def risks(record: Record) -> Section:
    registers = record["registers"]
    threshold, found = registers["threshold"], [one for one in registers["risks"] if one["to_the_executive"]]
    title = f"Risks scored {threshold} and over"
    if not found:
        return Section(title, (Paragraph(f"No open risk has a score of {threshold} or more."),))
    rows = tuple(
        (one["reference"], one["headline"], one["owner"], str(one["before"]), str(one["after"]), moved(one), _due(one))
        for one in found
    )
    heads = ("Risk", "What it is", "Owner", "Before controls", "After", "Movement", "Next review")
    caption = f"Open risks whose score after controls is {threshold} or more: they go to the Executive"
    return Section(title, (Table(caption, heads, rows, (1.8, 5, 3, 2, 1.4, 3, 2.3)),))


def moved(one: Values) -> str:
    """ "9 → 12 since 03/05/2024", "12 since 03/05/2024"."""
    steps = one["movement"]
    last = steps[-1]
    before = f"{steps[-2]['after']} → " if len(steps) > 1 and steps[-2]["after"] != last["after"] else ""
    return f"{before}{last['after']} since {day(last['on'])}"


def overdue(record: Record) -> Section:
    """What agencies have not done by the day they said, and what waits for moderation."""
    registers = record["registers"]
    late = [
        (
            one["register"],
            one["reference"],
            one["owner"],
            one["headline"],
            day(one["due"]),
            counted(one["drift"] or 0, "day"),
        )
        for one in registers["overdue"]
    ]
    late += [
        ("Delivery plan", one["action"], one["owner"] or "nobody named", one["text"], day(one["by"]), "")
        for one in registers["delivery"]
        if one["overdue"]
    ]
    waiting = registers["to_moderate"]
    blocks: list[Block] = []
    if late:
        heads = ("Register", "Item", "Owner", "What", "Due", "Past due")
        blocks.append(Table("Overdue", heads, tuple(late), (2.6, 1.8, 3, 6.6, 2.3, 1.9)))
    else:
        blocks.append(Paragraph("Nothing is overdue."))
    if waiting:
        blocks.append(Paragraph(f"Said to be done, waiting for moderation: {', '.join(waiting)}."))
    return Section("Actions overdue", tuple(blocks))


def data_quality(record: Record) -> Section:
    """What a careful reader wants to know of the figures: restated, late, queried, not known."""
    marks: dict[str, list[str]] = {}
    for figure in record["figures"]:
        for mark in figure["marks"]:
            marks.setdefault(mark, []).append(figure["title"])
    items = [
        f"Restated: {one['agency']}, {one['return']}, {one['quarter']}, on {day(one['on'])}. {one['reason']}"
        for one in record["restated"]
    ]
    items += [
        f"{mark.capitalize()}: {counted(len(titles), 'figure')} ({_some(titles)})." for mark, titles in marks.items()
    ]
    disputed = sum(bool(one["conflicts"]) for one in record["progress"]["outcomes"])
    if disputed:
        items.append(
            f"For {counted(disputed, 'outcome')} published documents disagree about the figure it starts from."
        )
    return Section(
        "Data quality", (Bullets(tuple(items)) if items else Paragraph("Nothing is to be said of the data."),)
    )


def _some(titles: Sequence[str]) -> str:
    return "; ".join(titles[:3]) + (f" and {len(titles) - 3} more" if len(titles) > 3 else "")


def priority(record: Record, one: Values) -> list[Section]:
    """A priority: its outcomes, the figures of this quarter, evidence without a number, actions, and the charts."""
    mine = [outcome for outcome in record["progress"]["outcomes"] if outcome["priority"] == one["number"]]
    blocks: list[Block] = [Paragraph(one["why"]), *_outcomes(mine), *_evidence(record, one), *_actions(record, one)]
    title = f"Priority {one['number']}. {one['title']}"
    sections = [Section(title, tuple(blocks), new_page=True)]
    for outcome in mine:
        if outcome["indicator"] in record["charts"]:
            sections.append(
                Section(
                    f"{outcome['id']} {outcome['title']}",
                    (Paragraph(outcome["sentence"]), chart(record["charts"][outcome["indicator"]])),
                    level=2,
                )
            )
    return sections


def _outcomes(mine: Sequence[Values]) -> list[Block]:
    rows = tuple(
        (one["id"], one["title"], one["status_words"], one["figure_words"], _milestone_of(one), one["data_state"])
        for one in mine
        if one["status"] != "no_measure"
    )
    heads = ("Outcome", "What is promised", "Status", "Figure", "Milestone", "Data")
    return [Table("Outcomes with a number", heads, rows, (2, 5, 2.5, 3, 3, 2))] if rows else []


def _milestone_of(one: Values) -> str:
    return f"{one['milestone']['words']} in {one['milestone']['year']}" if one["milestone"] else "none set"


def _evidence(record: Record, one: Values) -> list[Block]:
    rows = tuple(
        (row["outcome"], row["title"], row["judgement"] or "No evidence yet", row["evidence"], row["quarter"])
        for row in record["registers"]["evidence"]
        if row["priority"] == one["number"]
    )
    heads = ("Outcome", "What is promised", "Judgement", "Evidence", "Of")
    return [Table("Outcomes without a number", heads, rows, (1.8, 4, 2.5, 6, 2))] if rows else []


def _actions(record: Record, one: Values) -> list[Block]:
    rows = tuple(
        (
            row["action"],
            row["text"],
            f"{row['state']}{', overdue' if row['overdue'] else ''}",
            day(row["by"]),
            row["owner"],
        )
        for row in record["registers"]["delivery"]
        if row["priority"] == one["number"]
    )
    heads = ("Action", "What", "State", "By", "Owner")
    return [Table("What the plan orders", heads, rows, (1.4, 6, 2.5, 2.2, 3.3))] if rows else []


def chart(frozen: Values) -> Chart:
    """A frozen chart as a block."""
    return Chart(
        title=frozen["title"],
        period=frozen["period"],
        source=frozen["source"],
        alt=frozen["alt"],
        categories=tuple(frozen["categories"]),
        lines=(
            Line(frozen["title"], tuple(frozen["values"])),
            *(Line(one["name"], tuple(one["values"]), dashed=True) for one in frozen["milestones"]),
        ),
        counts=tuple(frozen["counts"]),
        share=frozen["share"],
        svg=frozen["svg"],
    )


def figures(record: Record) -> Section:
    """Every figure of the plan and the headline set: this quarter, the year so far, and what is said of it."""
    rows = tuple(
        (
            one["title"],
            one["this_quarter"]["words"],
            one["last_quarter"]["words"],
            one["year_to_date"]["words"],
            one["status_words"] or one["variation"] or "no milestone",
            ", ".join([one["data"], *one["marks"]]),
        )
        for one in record["figures"]
        if one["headline"]
    )
    heads = ("Figure", "This quarter", "Last quarter", "Year to date", "Verdict", "Data")
    caption = f"The plan's figures and the headline set, {record['meeting']['quarter']}"
    return Section("The figures", (Table(caption, heads, rows, (5, 2.6, 2.6, 2.8, 3, 2.4)),), new_page=True)
