"""The sentences of the indicator page: what its chart shows, how sure a part is, where a figure comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from dataset.quarter import Quarter
from dataset.rebase import Rebase
from dataset.tables.agency_counts import AgencyCount
from safeguarding_metrics import wording
from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.measuring import Count, PeriodCount, Series, over
from safeguarding_metrics.process_control import ControlChart, PointType
from safeguarding_metrics.targets import Goal, Unit
from safeguarding_metrics.trends import POINTS, recent_trend
from safeguarding_metrics.uncertainty import count_interval, share_interval

if TYPE_CHECKING:
    from safeguarding_metrics.charted import Drawn, Stretch
    from safeguarding_metrics.process_charts import LastMilestone

# How each special cause is drawn, so that shape alone tells them apart.
SHAPES: dict[PointType, tuple[str, str]] = {
    "special_cause_improvement": ("★", "special cause, improving"),
    "special_cause_concern": ("◆", "special cause, of concern"),
    "special_cause_neutral_high": ("▲", "special cause, high"),
    "special_cause_neutral_low": ("▼", "special cause, low"),
}
NO_RETURN = "No return for this year has been accepted."
TRIAL = "trial limits"
NOT_SHOWN = "Single quarters, which this line does not show."
AXIS_NOT_FROM_NOUGHT = "The axis does not start at nought."
ADD_TO_MORE = "A case may have several of these words, so the parts add to more than the whole."
INTERVAL = "Uncertainty is that about the underlying rate: Wilson's interval of 95% for a share, Byar's for a count."
NO_PARTS = "No part has a case in these quarters."
REBASE_INTRO = (
    "Start a new baseline only where you know what changed in the process and when: its limits are then worked out "
    "from that quarter on. The reason and your role stand with the chart for good. Never write about a person."
)
REBASE_EARLIER_DAY = "You look at the figures of an earlier day. To start a baseline, empty “As reported on”."
ROWS_NOT_SHOWN = "Your role does not show the rows behind a figure."
SURVEY_MARGIN = "the survey's own margin"


def unit_of(indicator: Indicator) -> Unit:
    """Whether a value is said in per cent or as a number."""
    return "share" if indicator.is_share else "count"


def basis_words(*, yearly: bool, rolling: bool) -> str:
    """What one point of the line stands for."""
    if yearly:
        return "each point is one yearly figure"
    return "each point is the four quarters that end there" if rolling else "each point is one quarter"


def line_sentence(known: Sequence[tuple[Quarter, PeriodCount]], basis: str) -> str:
    """ "From 41.2% (70 of 170) at 2021/22 Q1 to 39.6% (76 of 192) at 2024/25 Q4; each point is one quarter."."""
    if not known:
        return "No figures to draw."
    (first, before), (last, now) = known[0], known[-1]
    return (
        f"From {wording.figure_words(before.count)} at {first} to {wording.figure_words(now.count)} at {last}; {basis}."
    )


def milestones_sentence(goals: Mapping[str, Goal]) -> str:
    """ "The stepped dashed line is the milestone: at most 40% in 2023/24, at most 35% in 2024/25."."""
    if not goals:
        return ""
    said = ", ".join(wording.milestone_words(goal, year) for year, goal in goals.items())
    return f"The stepped dashed line is the milestone: {said}."


def process_sentences(series: Series, last: Quarter, control: ControlChart | None, *, rolling: bool) -> Iterable[str]:
    """What the process chart tells; where it may not speak, the recent trend or how rare the events are."""
    indicator = series.indicator
    if indicator.is_yearly:
        return
    if control is not None:
        said = wording.control_sentence(control, unit_of(indicator))
        yield f"{NOT_SHOWN} {said}" if rolling else said
        if control.chart == "full":
            return
    if indicator.is_share:
        yield wording.recent_trend_sentence(recent_trend(_last_shares(series, last), improvement=indicator.polarity))
    elif control is None and (few := _few_sentence(series, last)):
        yield few


def last_milestone_sentence(beside: LastMilestone, quarter: Quarter, indicator: Indicator) -> str:
    """ "The plan sets no milestone for 2026/27. Beside its last one (at least 85%, 2024/25), which is no longer in force:
    Pass: the process can be relied on …"."""
    return (
        f"The plan sets no milestone for {quarter.financial_year}. Beside its last one ({beside.goal.words}, {beside.year}), "
        f"which is no longer in force and judges nothing: {wording.assured(beside.control, unit_of(indicator))}"
    )


def _last_shares(series: Series, last: Quarter) -> list[tuple[int, int] | None]:
    found: list[tuple[int, int] | None] = []
    for back in range(1 - POINTS, 1):
        one = series.at(last.plus(back))
        count = one.count if one is not None and not one.missing else None
        found.append((count.k, count.n) if count is not None and count.n is not None else None)
    return found


def _few_sentence(series: Series, last: Quarter) -> str:
    """A count of a year's few events with its uncertainty; empty where nothing can be said of a whole year."""
    indicator = series.indicator
    year = over(series, indicator, last.rolling_year())
    if not indicator.adds_over_quarters or indicator.unit != "cases" or not year.complete or year.count is None:
        return ""
    low, high = count_interval(year.count.k) or (0.0, 0.0)
    return (
        f"Too few a quarter for limits: {year.count.k:,} in the four quarters to {last}. Uncertainty about the "
        f"underlying rate: {low:.1f} to {high:.1f} a year (95% confidence)."
    )


def limits_sentence(one: Stretch, first: Quarter, last: Quarter, share: bool) -> str:
    """ "Limits from 2021/22 Q1 to 2024/25 Q4: mean 41.0%, lower 35.1%, upper 46.9%."."""
    mean, lower, upper = (level_words(level, share) for level in (one.mean, one.lower, one.upper))
    kind = "Trial limits (dotted)" if one.trial else "Limits"
    return f"{kind} from {first} to {last}: mean {mean}, lower {lower}, upper {upper}."


def level_words(level: float, share: bool) -> str:
    """A mean or a limit: "41.0%" or "12.3"."""
    return wording.percent_words(level) if share else f"{round(level, 1):,g}"


def limit_labels(one: Stretch, share: bool) -> tuple[tuple[float, str], ...]:
    """(level, label) of the mean and of each limit; limits at the mean are said once."""
    trial = "trial " if one.trial else ""
    mean = (one.mean, f"{trial}mean {level_words(one.mean, share)}")
    if one.lower == one.upper:
        return (mean,)
    lower, upper = (level_words(level, share) for level in (one.lower, one.upper))
    return mean, (one.lower, f"{trial}lower {lower}"), (one.upper, f"{trial}upper {upper}")


def special_words(kind: PointType) -> str:
    """ "★ special cause, improving"."""
    return " ".join(SHAPES[kind])


def special_cell(kind: PointType) -> str:
    """The same under the heading "Special cause": "★ improving"."""
    return special_words(kind).replace("special cause, ", "")


def special_causes_sentence(points: Sequence[Drawn]) -> str:
    """ "Marked points: ◆ special cause, of concern at 2022/23 Q1 to 2023/24 Q4."; empty without any."""
    said = []
    for kind in SHAPES:
        at = [one.quarter for one in points if one.is_special and one.control and one.control.point_type == kind]
        if at:
            said.append(f"{special_words(kind)} at {_joined(at)}")
    return f"Marked points: {'; '.join(said)}." if said else ""


def rebase_sentence(one: Rebase, effect: Quarter) -> str:
    """ "Rebased from 2023/24 Q2: General practices began to refer (MAARS coordinator, 22/05/2024)."."""
    late = "" if effect == one.quarter else f" (drawn from {effect}, the next with a figure)"
    reason = one.reason.rstrip(".")
    return f"Rebased from {one.quarter}{late}: {reason} ({one.written_by}, {one.written_at:%d/%m/%Y})."


def rebase_version_sentence(one: Rebase) -> str:
    """One line of the history of rebases."""
    what = "Taken back" if one.taken_back else "Started"
    return f"{what} from {one.quarter}: {one.reason.rstrip('.')} ({one.written_by}, {one.written_at:%d/%m/%Y})."


def restated_sentence(quarters: Sequence[Quarter]) -> str:
    """ "Restated by a later return: 2024/25 Q1."; empty without any."""
    return f"Restated by a later return: {_joined(quarters)}." if quarters else ""


def gaps_sentence(quarters: Sequence[Quarter], *, rolling: bool) -> str:
    """ "No complete figure, so a gap: 2025/26 Q3."; empty without any."""
    what = "No four complete quarters, so a gap" if rolling else "No complete figure, so a gap"
    return f"{what}: {_joined(quarters)}." if quarters else ""


def _joined(quarters: Sequence[Quarter]) -> str:
    """Neighbouring quarters said as one stretch."""
    runs: list[list[Quarter]] = []
    for one in quarters:
        if runs and one == runs[-1][-1].plus(1):
            runs[-1].append(one)
        else:
            runs.append([one])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


def interval_words(count: Count | None, indicator: Indicator) -> str:
    """ "35.3% to 46.9%" about a share, "5.4 to 17.0" about a count of cases; empty where nothing can be said."""
    if count is None:
        return ""
    if count.n is not None:
        if count.margin is not None and count.value is not None:
            low, high = max(0.0, float(count.value) - count.margin), min(1.0, float(count.value) + count.margin)
            return f"{wording.percent_words(low)} to {wording.percent_words(high)}, {SURVEY_MARGIN}"
        found = share_interval(count.k, count.n)
        return f"{wording.percent_words(found[0])} to {wording.percent_words(found[1])}" if found else ""
    if not indicator.adds_over_quarters or indicator.unit != "cases":
        return ""
    about = count_interval(count.k)
    return f"{about[0]:.1f} to {about[1]:.1f}" if about else ""


def period_words(figure: PeriodCount, indicator: Indicator, year: str) -> str:
    """ "2023/24 so far, 2 of 4 quarters"; of what describes a quarter's last day, "the end of 2023/24 Q2"."""
    if not indicator.adds_over_quarters and not indicator.is_yearly and figure.had:
        return f"the end of {figure.had[-1]}"
    return wording.period_words(figure, year)


def title(figure: PeriodCount, indicator: Indicator, year: str) -> str:
    """The page's title: "Children on a child protection plan: 279 at the end of 2026/27 Q2"."""
    if figure.count is None or indicator.adds_over_quarters or indicator.is_yearly or not figure.had:
        return wording.headline(indicator.title, figure, year)
    return f"{indicator.title}: {wording.figure_words(figure.count)} at {period_words(figure, indicator, year)}"


def composed_sentence(figure: PeriodCount, indicator: Indicator, year: str) -> str:
    """What a figure is made of: "2022/23: 252 (enquiries …) out of 348 (…)."."""
    count, period = figure.count, _capital(period_words(figure, indicator, year))
    if count is None:
        return f"{period}: there is no figure."
    if count.n is None:
        return f"{period}: {wording.value_words(count)} ({_lowered(indicator.counts)})."
    return f"{period}: {count.k:,} ({_lowered(indicator.counts)}) out of {count.n:,} ({_lowered(indicator.out_of)})."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _lowered(words: str) -> str:
    """A phrase inside a sentence: its first letter small unless a name or an abbreviation begins there."""
    plain = words.rstrip(".")
    return plain[:1].lower() + plain[1:] if plain[1:2].islower() else plain


def rows_caption(shown: int, total: int) -> str:
    """ "50 of the 252 rows behind the numerator; 202 more are in the returns"."""
    if total <= shown:
        return f"{wording.counted(total, 'row')} behind the numerator"
    return f"{shown} of the {total:,} rows behind the numerator; {total - shown:,} more are in the returns"


def rows_note(indicator: Indicator) -> str:
    """What the row number means, and what is never shown."""
    said = "The row is its number in the sender's file, as Excel numbers it."
    if indicator.table is AgencyCount:
        return f"{said} The agencies counted the cases themselves; rows about cases are not sent."
    return f"{said} Only the sender's reference and coded words are shown."


def source_words(invented: bool) -> str:
    """Whose data they are."""
    return "invented returns of a demonstration" if invented else "returns of the agencies"


Kind = Literal["start", "take_back"]
KINDS: dict[Kind, str] = {"start": "Start a new baseline from", "take_back": "Take back the baseline from"}
