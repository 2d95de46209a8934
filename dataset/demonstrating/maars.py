"""Invented MAARS referrals: every year's totals below are met exactly.

2022/23 follows the annual report (57, 43, 37 and 29 of 72; criminal exploitation twice the 10 of the year
before; 54 → 72 is its 33%) and the plan (19, 21 and 38 of 72 are its 26, 29 and 53%).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from dataset.agencies import MAARS
from dataset.code_lists import ADULT_AGE_BAND, MAARS_RISK
from dataset.demonstrating.allocating import (
    SEED,
    Cells,
    DoesNotFit,
    Rows,
    joined,
    label_sets,
    quarters_of,
    short_year,
    sizes,
    uneven,
)
from dataset.demonstrating.days import some_days, written
from dataset.quarter import Quarter


@dataclass(frozen=True)
class Year:
    """`several`: with 3 risks or more; `exploited`: criminal or sexual; `young`: under 30; `risks` as MAARS_RISK."""

    year: int
    referrals: int
    several: int
    exploited: int
    young: int
    young_housing: int
    repeats: int
    risks: tuple[int, ...]


# The plan prints 9% repeats and 41% housing for 2022/23; no whole number of 72 gives either. Repeats are
# 6 of 72 (8.3%), the nearest; housing is the report's 37, and 8 of the 19 adults under 30.
YEARS = (
    #    year  all  3+ expl u30 hsg rep   MH SuM Hou S-N CrE SeE Off Dom Phy LDA Iso
    Year(2021, 54, 26, 12, 13, 5, 4, (41, 31, 26, 20, 10, 3, 5, 4, 4, 3, 2)),
    Year(2022, 72, 38, 24, 19, 8, 6, (57, 43, 37, 29, 21, 5, 6, 5, 4, 3, 2)),
    Year(2023, 80, 38, 22, 22, 8, 6, (62, 46, 36, 31, 19, 5, 7, 6, 6, 5, 4)),
    Year(2024, 87, 40, 13, 23, 6, 6, (66, 47, 36, 29, 11, 4, 9, 8, 9, 8, 7)),
    Year(2025, 95, 41, 14, 26, 6, 8, (72, 50, 36, 28, 11, 5, 10, 10, 11, 10, 9)),
    Year(2026, 50, 21, 7, 13, 3, 4, (38, 26, 18, 14, 5, 3, 5, 5, 6, 6, 5)),  # half a year
)

_CRIMINAL, _SEXUAL, _HOUSING = "Criminal exploitation", "Sexual exploitation", "Housing"
_YOUNG = ADULT_AGE_BAND.values[:2]
_OLDER = {"30-39": 30, "40-49": 28, "50-64": 26, "65-74": 9, "75-84": 5, "85-94": 1, "Not Known": 1}
_REFERRERS = {
    "Adult social care": 24,
    "Police": 20,
    "Health": 20,
    "Housing": 16,
    "Probation": 8,
    "Voluntary sector": 9,
    "Other": 3,
}
_SEXES = {"Male": 57, "Female": 42, "Not Known": 1}


@dataclass
class Referral:
    """One referral while it is being made; `person` is a number until it is written."""

    quarter: Quarter
    day: date
    risks: set[str]
    age_band: str
    person: int
    sex: str
    repeat: bool = False


def rows() -> Rows:
    """Every referral of every quarter."""
    rng = Random(SEED)
    made: list[Referral] = []
    written_rows: Rows = {}
    for year in YEARS:
        before = len(made)
        made += _year(year, before, rng)
        _mark_repeats(made, before, year.repeats, rng)
        for number, referral in enumerate(made[before:], start=1):
            cells = _cells(referral, f"MR-{short_year(year.year)}-{number:04}", rng)
            written_rows.setdefault((MAARS.code, referral.quarter), []).append(cells)
    return written_rows


def _year(year: Year, people_before: int, rng: Random) -> list[Referral]:
    quarters = quarters_of(year.year)
    counts = uneven(year.referrals, len(quarters), rng)
    days = [(q, day) for q, count in zip(quarters, counts, strict=True) for day in some_days(q, count, rng)]
    risks = risk_sets(year, rng)
    ages = _ages(year, risks, rng)
    return [
        Referral(quarter, day, risks[i], ages[i], people_before + i + 1, _drawn(_SEXES, rng))
        for i, (quarter, day) in enumerate(days)
    ]


def risk_sets(year: Year, rng: Random) -> list[set[str]]:
    """One set of risks a referral, one risk at least, under all of the year's totals at once."""
    totals = dict(zip(MAARS_RISK.values, year.risks, strict=True))
    few = year.referrals - year.several
    in_few = few + few // 2
    wanted = sizes(few, in_few, 1, 2, rng) + sizes(year.several, sum(year.risks) - in_few, 3, 7, rng)
    rng.shuffle(wanted)
    return label_sets(wanted, totals, rng, _exploitation(year, wanted, totals, rng))


def _exploitation(year: Year, wanted: list[int], totals: dict[str, int], rng: Random) -> list[frozenset[str]]:
    """The exploitation risks first, since how far the two overlap is laid down."""
    roomy = [i for i, size in enumerate(wanted) if size > 1]
    chosen = rng.sample(roomy, year.exploited)
    fixed = [frozenset[str]()] * len(wanted)
    for place, i in enumerate(chosen):
        criminal = place < totals[_CRIMINAL]
        sexual = place >= year.exploited - totals[_SEXUAL]
        fixed[i] = frozenset({_CRIMINAL} if criminal else set()) | ({_SEXUAL} if sexual else set())
    return fixed


def _ages(year: Year, risks: list[set[str]], rng: Random) -> list[str]:
    housed = [i for i, labels in enumerate(risks) if _HOUSING in labels]
    others = [i for i, labels in enumerate(risks) if _HOUSING not in labels]
    young = {*rng.sample(housed, year.young_housing), *rng.sample(others, year.young - year.young_housing)}
    return [rng.choice(_YOUNG) if i in young else _drawn(_OLDER, rng) for i in range(len(risks))]


def _mark_repeats(made: list[Referral], first: int, repeats: int, rng: Random) -> None:
    """So many referrals from `first` on become a second one, within 12 months, of an adult of the same age."""
    for _ in range(repeats):
        pairs = [
            (again, earlier)
            for i, again in enumerate(made)
            if i >= first and not again.repeat and not _referred_again(made, again)
            for earlier in made[:i]
            if earlier.age_band == again.age_band and 14 < (again.day - earlier.day).days < 365
        ]
        if not pairs:
            raise DoesNotFit("No earlier referral is left to repeat.")
        again, earlier = rng.choice(pairs)
        again.person, again.sex, again.repeat = earlier.person, earlier.sex, True


def _referred_again(made: list[Referral], referral: Referral) -> bool:
    """Whether a later referral already repeats this one: it must keep its person."""
    return any(other.repeat and other.person == referral.person for other in made)


def _cells(referral: Referral, reference: str, rng: Random) -> Cells:
    return {
        "referral_id": reference,
        "person_id": f"P-{referral.person:04}",
        "referred_on": written(referral.day),
        "age_band": referral.age_band,
        "sex": referral.sex,
        "referrer": _drawn(_REFERRERS, rng),
        "risks": joined(referral.risks, MAARS_RISK.values),
        "repeat_referral": "Yes" if referral.repeat else "No",
    }


def _drawn(weights: dict[str, int], rng: Random) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]
