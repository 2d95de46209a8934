"""MAARS: who is referred, with which risks, and who comes back."""

from __future__ import annotations

from dataset import code_lists
from dataset.tables.maars_referrals import MaarsReferral
from safeguarding_metrics.indicator import Example, Indicator, slug
from safeguarding_metrics.settings import Settings

THEME = "MAARS"
YOUNG_ADULT = "age_band IN ('18-24', '25-29')"
EXPLOITATION = "list_contains(risks, 'Criminal exploitation') OR list_contains(risks, 'Sexual exploitation')"
_ALL = "all referrals to MAARS in the period"
_BREAKDOWNS = ("age_band", "sex", "referrer")

# The risks for which less is better by the plan's own words; more self-neglect recognised may be
# better seeing (004:337), and the plan asks nothing about the others.
_WHY = {
    "Self-neglect": "The plan wants fewer; the report expects more to be recognised, so a fall is not plainly good.",
    "Housing": "Young adults without a home to keep are easily exploited; the plan wants earlier help.",
}


def _with_risk(risk: str) -> Indicator:
    other = next(value for value in code_lists.MAARS_RISK.values if value != risk)
    return Indicator(
        id=f"maars_{slug(risk)}",
        title=f"MAARS referrals featuring {risk[0].lower() + risk[1:]}",
        question=f"How many MAARS referrals name {risk[0].lower() + risk[1:]} as a risk?",
        why_it_matters=_WHY.get(risk, "The mix of risks decides which agencies an adult needs around them."),
        table=MaarsReferral,
        theme=THEME,
        counts=f"referrals whose risks include “{risk}”",
        out_of=_ALL,
        numerator=f"list_contains(risks, '{risk}')",
        denominator="true",
        source="004:660-667",
        breakdowns=_BREAKDOWNS,
        left_out="A referral may name several risks, so the shares of all risks add to more than 100%.",
        example=Example(
            ({"risks": f"{other}; {risk}"}, {"risks": other}, {"risks": risk}, {"risks": other}, {"risks": other}), 2, 5
        ),
    )


def _of_age(band: str) -> Indicator:
    other = next(value for value in code_lists.ADULT_AGE_BAND.values if value != band)
    return Indicator(
        id=f"maars_age_{slug(band)}",
        title=f"MAARS referrals, age {band}",
        question=f"What share of MAARS referrals are about adults aged {band}?",
        why_it_matters="Young adults leaving children's services are where the plan sees the gap.",
        table=MaarsReferral,
        theme=THEME,
        counts=f"referrals of adults aged {band}",
        out_of=_ALL,
        numerator=f"age_band = '{band}'",
        denominator="true",
        source="003:215; 004:653",
        example=Example(({"age_band": band}, {"age_band": other}, {"age_band": other}), 1, 3),
    )


_PLAN_MEASURES = (
    Indicator(
        id="maars_housing_young_adults",
        title="MAARS referrals for housing, adults under 30",
        question="Of the young adults referred to MAARS, how many need help with housing?",
        why_it_matters="Keeping a tenancy is the plan's test of a transition to adulthood that worked.",
        table=MaarsReferral,
        theme=THEME,
        counts="referrals of adults under 30 that name housing",
        out_of="referrals of adults under 30",
        numerator="list_contains(risks, 'Housing')",
        denominator=YOUNG_ADULT,
        polarity="decrease",
        source="003:215-217, 003:239",
        left_out="Referrals whose age is not known, and adults of 30 and over.",
        example=Example(
            (
                {"age_band": "18-24", "risks": "Housing; Offending"},
                {"age_band": "25-29", "risks": "Offending"},
                {"age_band": "25-29", "risks": "Mental health"},
                {"age_band": "30-39", "risks": "Housing"},
                {"age_band": "Not Known", "risks": "Housing"},
            ),
            1,
            3,
        ),
    ),
    Indicator(
        id="maars_exploitation",
        title="MAARS referrals featuring exploitation",
        question="How many MAARS referrals name criminal or sexual exploitation?",
        why_it_matters="A multi-agency offer to young survivors should mean fewer adults arriving exploited.",
        table=MaarsReferral,
        theme=THEME,
        counts="referrals that name criminal or sexual exploitation, or both",
        out_of=_ALL,
        numerator=EXPLOITATION,
        denominator="true",
        polarity="decrease",
        source="003:216, 003:241; 004:667",
        breakdowns=_BREAKDOWNS,
        example=Example(
            (
                {"risks": "Criminal exploitation; Sexual exploitation"},
                {"risks": "Sexual exploitation"},
                {"risks": "Housing"},
                {"risks": "Housing"},
                {"risks": "Offending"},
            ),
            2,
            5,
        ),
    ),
    Indicator(
        id="maars_three_or_more_risks",
        title="MAARS referrals with three or more risks",
        question="How many MAARS referrals name three risks or more at once?",
        why_it_matters="Several risks at once need several agencies at once, and earlier.",
        table=MaarsReferral,
        theme=THEME,
        counts="referrals that name three or more risks",
        out_of=_ALL,
        numerator="array_length(risks) >= 3",
        denominator="true",
        polarity="decrease",
        source="003:256, 003:274",
        breakdowns=_BREAKDOWNS,
        example=Example(
            (
                {"risks": "Housing; Offending; Mental health"},
                {"risks": "Housing; Offending"},
                {"risks": "Housing"},
                {"risks": "Housing; Offending; Mental health; Self-neglect"},
                {"risks": "Self-neglect"},
            ),
            2,
            5,
        ),
    ),
    Indicator(
        id="maars_repeat_referrals",
        title="MAARS repeat referrals",
        question="How many MAARS referrals are about an adult referred in the twelve months before?",
        why_it_matters="Too many repeats mean the first response failed; too few may mean nobody dares to refer again.",
        table=MaarsReferral,
        theme=THEME,
        counts="referrals marked as repeats within 12 months",
        out_of=_ALL,
        numerator="repeat_referral = 'Yes'",
        denominator="true",
        source="003:336, 003:365",
        breakdowns=_BREAKDOWNS,
        example=Example(({"repeat_referral": "Yes"}, {}, {}), 1, 3),
    ),
    Indicator(
        id="maars_under_30",
        title="MAARS referrals of adults under 30",
        question="What share of MAARS referrals are about adults under 30?",
        why_it_matters="It is the size of the group the transitions priority is about.",
        table=MaarsReferral,
        theme=THEME,
        counts="referrals of adults aged 18 to 29",
        out_of=_ALL,
        numerator=YOUNG_ADULT,
        denominator="true",
        source="003:215",
        example=Example(({"age_band": "18-24"}, {"age_band": "25-29"}, {"age_band": "30-39"}), 2, 3),
    ),
)


def indicators(settings: Settings) -> tuple[Indicator, ...]:
    """Every MAARS indicator."""
    return (
        Indicator(
            id="maars_referrals",
            headline=True,
            title="MAARS referrals",
            question="How many adults at risk were referred to MAARS?",
            why_it_matters="Small and growing numbers: every share below rests on them.",
            table=MaarsReferral,
            theme=THEME,
            counts="referrals to MAARS in the period",
            numerator="true",
            source="004:653-658",
            breakdowns=_BREAKDOWNS,
            example=Example(({}, {}), 2),
        ),
        *_PLAN_MEASURES,
        *(_with_risk(risk) for risk in code_lists.MAARS_RISK.values),
        *(_of_age(band) for band in code_lists.ADULT_AGE_BAND.values),
    )
