"""Comments of the demonstration: INVENTED words of agencies on invented figures, in the three parts.

None is about a person, and none repeats a figure. Some are written again, some before the figure changed,
and many that are owed are not there, as happens.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import merge
from operator import attrgetter
from typing import Protocol, TypeVar

from dataset.agencies import (
    ADULT_SOCIAL_CARE,
    BUSINESS_UNIT,
    MAARS,
    PENNINE_CARE,
    POLICE,
    STOCKPORT_FAMILY,
    STOCKPORT_NHS,
    Agency,
)
from dataset.comment import About, current
from dataset.commentary import Answer, comments, write_comment
from dataset.demonstrating import schedule
from dataset.quarter import Quarter
from dataset.store import Store


class Clock(Protocol):
    """A clock that shows what it was last set to."""

    now: datetime


class Timed(Protocol):
    @property
    def moment(self) -> datetime: ...


Sent = TypeVar("Sent", bound=Timed)


@dataclass(frozen=True)
class Saying:
    """A comment that is written at a moment."""

    moment: datetime
    agency: Agency
    indicator: str
    quarter: Quarter
    what_happened: str
    so_what: str
    now_what: str

    def to(self, store: Store) -> Answer:
        """Write it as any comment is written, with the version before it in sight. Raises NotWritten."""
        own = About(store.area, self.agency.code, self.indicator, self.quarter)
        before = current(comments(store)).get(own)
        answer = write_comment(
            store,
            agency=self.agency.code,
            indicator=self.indicator,
            quarter=self.quarter,
            what_happened=self.what_happened,
            so_what=self.so_what,
            now_what=self.now_what,
            written_by=schedule.role_of(self.agency.code),
            knowing=before.id if before else None,
        )
        if answer.result != "accepted":
            said = " ".join(finding.sentence for finding in answer.findings) or answer.sentence
            raise NotWritten(f"{self.indicator} of {self.agency.code} for {self.quarter}: {said}")
        return answer


class NotWritten(RuntimeError):
    """An invented comment was not taken: a defect of the demonstration."""


def among(sendings: Iterable[Sent]) -> list[Sent | Saying]:
    """The sendings, which are in the order of their moments, with the comments between them."""
    return list(merge(sendings, SAYINGS, key=attrgetter("moment")))


def write_all(store: Store, clock: Clock) -> int:
    """Write every comment into a store that has all its returns; how many. `clock` is the store's own."""
    for saying in SAYINGS:
        clock.now = saying.moment
        saying.to(store)
    return len(SAYINGS)


def _on(year: int, month: int, day: int, hour: int = 10) -> datetime:
    return datetime(year, month, day, hour, 20, tzinfo=UTC)


_WRITTEN = (
    Saying(
        _on(2022, 8, 12),
        ADULT_SOCIAL_CARE,
        "concerns",
        Quarter(2022, 1),
        "Concerns rose after care providers were reminded in May of when to raise one.",
        "More is being reported; nothing suggests that more harm was done.",
        "The front door team samples concerns from providers each month and reports what it finds in the autumn.",
    ),
    Saying(
        _on(2022, 11, 15),
        MAARS,
        "maars_self_neglect",
        Quarter(2022, 2),
        "Housing officers referred more adults after a briefing on self-neglect in July.",
        "Recognising self-neglect early is wanted, so a higher share is no failure by itself.",
        "The coordinator asks each referring agency what was tried before the referral.",
    ),
    Saying(
        _on(2023, 2, 14),
        STOCKPORT_FAMILY,
        "child_protection_plans",
        Quarter(2022, 3),
        "Plans ended more slowly over the winter because review conferences were moved.",
        "Children stayed on plans for some weeks longer than they needed to.",
        "Two further conference chairs start in March; the quality assurance team watches the waiting list.",
    ),
    Saying(
        _on(2023, 5, 16),
        ADULT_SOCIAL_CARE,
        "msp_asked",
        Quarter(2022, 4),
        "Enquiries closed by the duty team seldom had the question about wished outcomes recorded.",
        "Where it was not recorded it cannot be shown that the adult's wishes led the enquiry.",
        "The closing form makes the question mandatory from June; team managers check ten closures a month.",
    ),
    Saying(
        _on(2023, 8, 11),
        ADULT_SOCIAL_CARE,
        "concerns_not_progressed",
        Quarter(2023, 1),
        "Most concerns that did not go on were about quality of care and were passed to the contracts team.",
        "The share measures what is sent to us as much as how we decide.",
        "A guide on when to raise a concern goes to all providers in September, led by the principal social worker.",
    ),
    Saying(
        _on(2023, 8, 14),
        MAARS,
        "maars_exploitation",
        Quarter(2023, 1),
        "Police referred adults whose homes were being used by others during one operation.",
        "One operation weighs heavily in a quarter with so few referrals.",
        "We look at the year as a whole before changing anything, and meet the police lead in October.",
    ),
    Saying(
        _on(2023, 8, 15),
        BUSINESS_UNIT,
        "rapid_reviews_information_sharing",
        Quarter(2023, 1),
        "Both reviews found that agencies had held parts of the picture separately.",
        "With so few reviews the share says little; the theme itself has come back.",
        "A practice note on sharing information without consent is out; the training sub-group checks its use in January.",
    ),
    Saying(
        _on(2023, 8, 17),
        PENNINE_CARE,
        "msp_asked",
        Quarter(2023, 1),
        "Wards recorded wishes in the care plan and left the safeguarding form empty.",
        "The conversation takes place more often than this figure shows.",
        "The safeguarding lead has added the question to the ward checklist from September.",
    ),
    Saying(
        _on(2023, 11, 14),
        ADULT_SOCIAL_CARE,
        "concerns_not_progressed",
        Quarter(2023, 2),
        "The guide for providers went out at the end of the quarter and could not yet have worked.",
        "It is too early to say whether fewer concerns below the threshold will be raised.",
        "We compare the first three months after the guide with those before it.",
    ),
    Saying(
        _on(2023, 11, 15),
        MAARS,
        "maars_self_neglect",
        Quarter(2023, 2),
        "Referrals from primary care began in August, nearly all about hoarding.",
        "A new way in reaches adults whom nobody had referred before.",
        "The coordinator and the primary care lead agree by December what surgeries can do first.",
    ),
    Saying(
        _on(2024, 1, 19),
        ADULT_SOCIAL_CARE,
        "concerns_not_progressed",
        Quarter(2023, 2),
        "Concerns logged at the hospital's front desk were missing from the first return and have been added.",
        "They went on to an enquiry about as often as the others, so the picture stays the same.",
        "The hospital's log is now part of the monthly extract; the performance team checks it against the ward's count.",
    ),
    Saying(
        _on(2024, 1, 19, 11),
        ADULT_SOCIAL_CARE,
        "concerns_from_hospital",
        Quarter(2023, 2),
        "Concerns logged at the hospital's front desk were missing from the first return and have been added.",
        "The hospital raises far more concerns than the first return showed.",
        "The hospital's log is now part of the monthly extract.",
    ),
    Saying(
        _on(2024, 2, 15),
        STOCKPORT_NHS,
        "icon_coverage",
        Quarter(2023, 3),
        "The new maternity record does not yet show whether the advice on coping with crying was given.",
        "There is no figure; it does not follow that parents went without the advice.",
        "The supplier adds the field in the spring; until then midwives keep a tally on two wards.",
    ),
    Saying(
        _on(2024, 5, 17),
        ADULT_SOCIAL_CARE,
        "msp_asked",
        Quarter(2023, 4),
        "The mandatory question raised recording in the teams, less so in enquiries led by other agencies.",
        "Adults whose enquiry another agency leads are still asked less often on record.",
        "The same question goes into the form for other agencies in July.",
    ),
    Saying(
        _on(2024, 5, 20),
        BUSINESS_UNIT,
        "rapid_reviews_working_with_men",
        Quarter(2023, 4),
        "Records of fathers and partners were thin in several of the year's reviews.",
        "Risks, and help, that come with men in the home were seen late.",
        "The toolkit on working with men is part of induction from September; an audit follows after six months.",
    ),
    Saying(
        _on(2024, 7, 25),
        STOCKPORT_FAMILY,
        "child_protection_plans",
        Quarter(2024, 1),
        "Fewer plans began in June than in the months before.",
        "Pressure on conference chairs eased a little.",
        "Nothing changes for now; the service manager looks again in October.",
    ),
    Saying(
        _on(2024, 8, 15),
        ADULT_SOCIAL_CARE,
        "concerns_not_progressed",
        Quarter(2024, 1),
        "Providers raise fewer concerns that are about quality of care alone.",
        "The guide works, yet the milestone for this year is a long way off.",
        "We ask the Quality Assurance Partnership whether the milestone still measures what it was meant to.",
    ),
    Saying(
        _on(2024, 11, 14),
        POLICE,
        "domestic_abuse_notices",
        Quarter(2024, 2),
        "The notices of September were left out of the first return and have been added.",
        "Schools had been told all the same; only our count was late.",
        "The extract now runs after the last notice of a month has been sent.",
    ),
    Saying(
        _on(2024, 11, 18),
        MAARS,
        "maars_repeat_referrals",
        Quarter(2024, 2),
        "Very few adults came back in the first half of the year.",
        "A low share can mean that the first plan held, or that people stopped referring.",
        "We ask the three largest referring agencies which of the two it is, and report in February.",
    ),
    Saying(
        _on(2025, 2, 19),
        POLICE,
        "missing_episodes",
        Quarter(2024, 3),
        "The record system was changed in November and the extract could not be run.",
        "No figure exists for the quarter; each episode was dealt with as it happened.",
        "The extract is being written again; the missing persons coordinator sends the quarter when it runs.",
    ),
    Saying(
        _on(2025, 5, 15),
        MAARS,
        "maars_self_neglect",
        Quarter(2024, 4),
        "Self-neglect remained the most frequent risk among referrals.",
        "The share has hardly moved over the plan.",
        "The coordinator reviews all plans older than six months.",
    ),
    Saying(
        _on(2025, 5, 16),
        BUSINESS_UNIT,
        "sar_referrals",
        Quarter(2024, 4),
        "Few referrals came, and none from outside the statutory agencies.",
        "The plan hoped for more; a small number cannot show whether the duty to refer is known.",
        "Briefings for housing and voluntary agencies are set for June and September.",
    ),
    Saying(
        _on(2025, 6, 3),
        MAARS,
        "maars_self_neglect",
        Quarter(2024, 4),
        "Self-neglect remained the most frequent risk among referrals, most often together with poor housing.",
        "The share has hardly moved over the plan; the panel thinks that recognition has grown as fast as help has.",
        "The coordinator reviews all plans older than six months and brings the findings to the panel in July.",
    ),
    Saying(
        _on(2025, 7, 28),
        POLICE,
        "missing_episodes",
        Quarter(2025, 1),
        "The first return said that there was nothing to report, because the extract had been run for another division.",
        "The quarter is in line with those before it.",
        "Two people check a nil return before it is sent.",
    ),
    Saying(
        _on(2026, 2, 20),
        PENNINE_CARE,
        "msp_asked",
        Quarter(2025, 3),
        "Our return is not ready: the two wards that moved in November recorded on paper.",
        "The quarter's figure stands for the council's enquiries alone.",
        "The paper records are being entered; the safeguarding administrator sends the return when they are.",
    ),
    Saying(
        _on(2026, 11, 13),
        MAARS,
        "audit_adult_not_aware",
        Quarter(2026, 2),
        "All cases were audited together on one day by readers from three agencies.",
        "Readers agreed on what counts as the adult being aware, so this quarter is firmer than those before.",
        "The same readers meet again in March, and the audit form takes over their wording.",
    ),
    Saying(
        _on(2026, 11, 16),
        ADULT_SOCIAL_CARE,
        "concerns",
        Quarter(2026, 2),
        "Concerns rose over the summer in care homes that had changed hands.",
        "Changes of ownership are a time of risk that we can see coming.",
        "The contracts team tells the front door of every planned change from December.",
    ),
)
SAYINGS: tuple[Saying, ...] = tuple(sorted(_WRITTEN, key=attrgetter("moment")))
