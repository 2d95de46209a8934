"""Invented actions after reviews: each is one of the returns' learning points, with its owner and its days.

Moderation sends some back: the day one is done is then the later one, which the returns give too.
"""

from __future__ import annotations

from dataset.agencies import (
    ADULT_SOCIAL_CARE,
    HOMES,
    NHS_GM,
    PENNINE_CARE,
    POLICE,
    PROBATION,
    STOCKPORT_FAMILY,
    Agency,
)
from dataset.quarter import Quarter
from dataset.review_code_lists import ADULT_REVIEW, CHILD_REVIEW, HOMICIDE_REVIEW, RAPID_REVIEW
from safeguarding_metrics.demonstrating.register_steps import Change, Step, day_of, history
from safeguarding_metrics.registers.case_actions import (
    DONE,
    ENOUGH,
    MODERATION,
    NOT_STARTED,
    RECOMMENDATION,
    REGISTER,
    SIGN_OFF,
    SIGNED_OFF,
    UNDER_WAY,
)

_, _MORE, _NOT_DONE = MODERATION.values
_, _RETURN, _EXECUTIVE = RECOMMENDATION.values
_KINDS = {"CSPR": CHILD_REVIEW, "SARV": ADULT_REVIEW, "DHR": HOMICIDE_REVIEW, "RR": RAPID_REVIEW}


def _agreed(
    reference: str, review: str, agreed_on: str, due_on: str, owner: Agency, learning: str, action: str
) -> Change:
    cells = {"reference": reference, "quarter": str(Quarter.of(day_of(agreed_on))), "state": NOT_STARTED}
    cells |= {"review_kind": _KINDS[review.split("-")[0]], "review_id": review, "owner": owner.code}
    return Change(agreed_on, cells | {"learning": learning, "action": action, "agreed_on": agreed_on, "due_on": due_on})


def _begun(day: str, by: Agency) -> Change:
    return Change(day, {"state": UNDER_WAY}, "Work has begun", by)


def _done(day: str, by: Agency, evidence: str, reason: str = "The agency says that it is done") -> Change:
    """Said to be done; what an earlier moderation found no longer stands."""
    cells = {"state": DONE, "done_on": day, "evidence": evidence}
    return Change(day, cells | {"moderation": "", "moderated_on": "", "recommendation": ""}, reason, by)


def _moderated(day: str) -> Change:
    cells = {"moderation": ENOUGH, "moderated_on": day, "recommendation": SIGN_OFF}
    return Change(day, cells, "Moderated at the meeting")


def _sent_back(day: str, found: str, recommends: str, reason: str) -> Change:
    """Not done after all: what was said to show it is taken out and stays in the history."""
    cells = {"moderation": found, "moderated_on": day, "recommendation": recommends}
    return Change(day, cells | {"state": UNDER_WAY, "done_on": "", "evidence": ""}, reason)


def _signed_off(day: str) -> Change:
    return Change(day, {"state": SIGNED_OFF, "signed_off_on": day}, "Signed off by the Executive")


_ITEMS: tuple[tuple[Change, ...], ...] = (
    (
        _agreed(
            "CA-0001",
            "CSPR-2223-01",
            "05/06/2023",
            "23/10/2023",
            STOCKPORT_FAMILY,
            "Old trauma was known and did not shape the plan.",
            "Add a section on past trauma to the assessment and show three teams how to use it.",
        ),
        _begun("04/09/2023", STOCKPORT_FAMILY),
        _done("06/11/2023", STOCKPORT_FAMILY, "The new form, and notes of three team sessions."),
        _moderated("07/12/2023"),
        _signed_off("11/01/2024"),
    ),
    (
        _agreed(
            "CA-0002",
            "CSPR-2223-01",
            "05/06/2023",
            "04/12/2023",
            PENNINE_CARE,
            "Staff on wards did not link a parent's distress with the child at home.",
            "Train ward staff to ask about children and to write down what follows.",
        ),
        _begun("18/09/2023", PENNINE_CARE),
        _done("27/11/2023", PENNINE_CARE, "The plan of the course."),
        _sent_back("07/12/2023", _MORE, _RETURN, "A plan of a course does not show that anybody went"),
        _done(
            "01/03/2024",
            PENNINE_CARE,
            "Attendance of five wards, and ten records read afterwards.",
            "Done again, with the evidence that was wanted",
        ),
        _moderated("14/03/2024"),
        _signed_off("11/04/2024"),
    ),
    (
        _agreed(
            "CA-0003",
            "CSPR-2223-01",
            "05/06/2023",
            "23/10/2023",
            POLICE,
            "What officers knew reached the social worker days later.",
            "Pass on what is known of a child on the day, through one mailbox.",
        ),
        _begun("11/09/2023", POLICE),
        _done("18/10/2023", POLICE, "A month's log of the mailbox."),
        _moderated("07/12/2023"),
        _signed_off("11/01/2024"),
    ),
    (
        _agreed(
            "CA-0004",
            "CSPR-2223-02",
            "31/07/2023",
            "29/01/2024",
            NHS_GM,
            "Surgeries knew the mother and had never met the father.",
            "Sessions for all practices on asking about and inviting fathers.",
        ),
        _begun("06/11/2023", NHS_GM),
        _done("27/06/2024", NHS_GM, "Attendance of every practice, and the slides."),
        _moderated("12/09/2024"),
        _signed_off("10/10/2024"),
    ),
    (
        _agreed(
            "CA-0005",
            "CSPR-2324-01",
            "26/02/2024",
            "23/09/2024",
            PROBATION,
            "The man's own plan said nothing of the children he lived with.",
            "Ask at every supervision who lives in the home.",
        ),
        _begun("17/06/2024", PROBATION),
        _done("09/12/2024", PROBATION, "Twenty plans read: all name the children."),
        _moderated("13/03/2025"),
        _signed_off("10/04/2025"),
    ),
    (
        _agreed(
            "CA-0006",
            "CSPR-2324-02",
            "08/07/2024",
            "03/02/2025",
            STOCKPORT_FAMILY,
            "Fathers' strengths were not looked for.",
            "Case supervision asks what the father brings, and what he risks.",
        ),
        _begun("21/10/2024", STOCKPORT_FAMILY),
        _done("12/05/2025", STOCKPORT_FAMILY, "The new supervision form, read in 15 files."),
        _moderated("12/06/2025"),
        _signed_off("10/07/2025"),
    ),
    (
        _agreed(
            "CA-0007",
            "SARV-2324-01",
            "18/11/2024",
            "28/07/2025",
            HOMES,
            "A home in disrepair was seen as a breach of tenancy and not as self-neglect.",
            "Housing officers use the self-neglect guidance before they write a warning.",
        ),
        _begun("24/03/2025", HOMES),
        _done("24/11/2025", HOMES, "Warnings of three months, each with the checklist."),
        _moderated("12/03/2026"),
        _signed_off("09/04/2026"),
    ),
    (
        _agreed(
            "CA-0008",
            "DHR-2324-01",
            "02/12/2024",
            "02/06/2025",
            HOMES,
            "Repairs to broken doors were never linked with violence.",
            "Repair staff flag damage that may come from violence at home.",
        ),
        _begun("03/03/2025", HOMES),
        _done("19/05/2025", HOMES, "The flag in the repair system, and its first month."),
        _moderated("12/06/2025"),
        _signed_off("10/07/2025"),
    ),
    (
        _agreed(
            "CA-0009",
            "DHR-2324-01",
            "02/12/2024",
            "08/09/2025",
            PROBATION,
            "Men who harmed partners were seen as offenders only and never as fathers.",
            "Put working with men into induction.",
        ),
        _begun("14/04/2025", PROBATION),
        _done("30/10/2025", PROBATION, "A draft of the induction."),
        _sent_back("04/12/2025", _NOT_DONE, _EXECUTIVE, "A draft is no induction; nobody has had it"),
        _done("07/04/2026", PROBATION, "Two rounds of induction with their attendance.", "Done: the induction runs"),
        _moderated("11/06/2026"),
        _signed_off("09/07/2026"),
    ),
    (
        _agreed(
            "CA-0010",
            "CSPR-2425-01",
            "01/09/2025",
            "30/03/2026",
            PENNINE_CARE,
            "A parent's therapist and the school each held half of the picture.",
            "Therapists ask for leave to speak with school and record the answer.",
        ),
        _begun("12/01/2026", PENNINE_CARE),
        _done("29/05/2026", PENNINE_CARE, "Thirty records read: 26 hold the answer."),
        _moderated("10/09/2026"),
        _signed_off("08/10/2026"),
    ),
    (
        _agreed(
            "CA-0011",
            "CSPR-2425-01",
            "01/09/2025",
            "02/03/2026",
            NHS_GM,
            "Letters from hospital were filed and not read.",
            "Practices name who reads letters about children at risk.",
        ),
        _begun("15/12/2025", NHS_GM),
        _done("18/05/2026", NHS_GM, "A letter that asks practices to do so."),
        _sent_back("11/06/2026", _NOT_DONE, _EXECUTIVE, "A letter was sent; no practice has named anybody"),
    ),
    (
        _agreed(
            "CA-0012",
            "CSPR-2425-01",
            "01/09/2025",
            "27/04/2026",
            STOCKPORT_FAMILY,
            "A new partner moved in and nobody asked about him.",
            "Ask at every visit whether somebody has joined the home.",
        ),
        _begun("19/01/2026", STOCKPORT_FAMILY),
        _done("17/08/2026", STOCKPORT_FAMILY, "A message to all teams."),
        _sent_back("10/09/2026", _MORE, _RETURN, "Ten files are to be read before this can be called done"),
    ),
    (
        _agreed(
            "CA-0013",
            "RR-2526-04",
            "15/09/2025",
            "16/03/2026",
            POLICE,
            "An enquiry was begun without the hospital.",
            "The officer who begins one sees that health takes part.",
        ),
        _begun("02/02/2026", POLICE),
        _done("25/06/2026", POLICE, "Forty enquiries: health took part in 37."),
        _moderated("10/09/2026"),
    ),
    (
        _agreed(
            "CA-0014",
            "RR-2627-01",
            "04/05/2026",
            "24/08/2026",
            STOCKPORT_FAMILY,
            "Words in a report laid the blame on a child.",
            "Managers read reports for such words before they go out.",
        ),
        _begun("06/07/2026", STOCKPORT_FAMILY),
        _done("19/08/2026", STOCKPORT_FAMILY, "Twenty reports of July, read by two managers."),
    ),
    (
        _agreed(
            "CA-0015",
            "SARV-2526-01",
            "11/05/2026",
            "17/08/2026",
            ADULT_SOCIAL_CARE,
            "Refusing help was taken as the end of the matter.",
            "No case of self-neglect is closed before a second worker has visited.",
        ),
        _begun("29/06/2026", ADULT_SOCIAL_CARE),
        _done("01/09/2026", ADULT_SOCIAL_CARE, "Closures of two months, each with a second visit."),
    ),
    (
        _agreed(
            "CA-0016",
            "SARV-2526-01",
            "11/05/2026",
            "01/09/2026",
            HOMES,
            "Nobody at the landlord knew whom to ring.",
            "Name one person for self-neglect in every housing team.",
        ),
    ),
)
STEPS: tuple[Step, ...] = tuple(step for item in _ITEMS for step in history(REGISTER, *item))
