"""What each count measure comes to in every year of the demonstration: invented, except where published.

Numbers are those of the financial years 2021/22 to 2026/27. What is counted over a quarter is given as the
year's total, of the last year as that of its first two quarters; what stands on a last day as it stood on
31 March, in the last year on 30 September; a yearly measure ends with 2025/26.

Published and followed: assessments with the Graded Care Profile 2 (004:204, 343), open
referrals (004:202), Caring Dads since the course began, read as the two years to March 2023 (004:413-417),
MARAC's fall by 4.8% (004:379), care homes rated well (004:191), treatment accepted (004:229), care leavers
(004:765, 795, 797, 805), parents (004:845, 853), money (004:889-906) and, in counts_workforce, courses. The
fall of Operation Encompass (004:405) and of other authorities' children (004:745) is followed in direction:
they are printed without a number. What is not followed is listed in counts.CANNOT_FOLLOW.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Years = tuple[int, ...]


@dataclass(frozen=True)
class Level:
    """A measure's `years`, for a share with those it is `out_of` (or the id of the measure that counts them).

    `parts` gives each word its own years, or a weight by which the whole is divided. `season` weighs the
    quarters. `by_steps`: what stands on the last day changes once a year, with the fourth quarter.
    """

    years: Years = ()
    out_of: Years | str = ()
    season: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0)
    parts: Mapping[str, float | Years] = field(default_factory=dict)
    by_steps: bool = False


_SCHOOL_YEAR = (1.05, 0.72, 1.1, 1.13)
_GCP2 = {"Social care": 0.46, "Health visiting and school nursing": 0.27, "Schools": 0.19, "Other": 0.08}
_KINDS = {"Sexual": 0.44, "Criminal": 0.56}
_FORMER = "Formerly unaccompanied asylum-seeking children"
_SCHOOLS = {
    "Nursery": 0.04,
    "Primary": 0.66,
    "Secondary": 0.12,
    "Special": 0.07,
    "Pupil referral unit": 0.03,
    "Independent": 0.08,
}
_WORKFORCE = {
    "Education": 0.36,
    "Early years": 0.13,
    "Residential care": 0.14,
    "Foster care": 0.11,
    "Health": 0.09,
    "Police": 0.02,
    "Voluntary sector": 0.09,
    "Other": 0.06,
}
_HARM = {"No harm": 0.39, "Low harm": 0.41, "Moderate harm": 0.15, "Severe harm": 0.04, "Death": 0.01}

_INCOME: dict[str, Years] = {
    "Children's Partnership: SMBC": (134_324, 138_354, 142_505, 146_068, 149_720),
    "Children's Partnership: ICS": (32_000, 32_000, 32_000, 33_000, 33_000),
    "Children's Partnership: GMP": (13_800, 13_800, 13_800, 13_800, 14_200),
    "Children's Partnership: SNHSFT": (4_000, 4_000, 4_000, 4_000, 4_000),
    "Children's Partnership: Probation": (1_377, 1_377, 1_377, 1_377, 1_377),
    "Children's Partnership: Education": (32_000, 32_000, 32_000, 32_000, 32_000),
    "Adults' Partnership: SMBC": (62_999, 64_889, 66_836, 68_507, 70_220),
    "Adults' Partnership: ICS": (38_000, 38_000, 38_000, 39_000, 39_000),
    "Adults' Partnership: GMP": (13_800, 13_800, 13_800, 13_800, 14_200),
}
_SPENT: dict[str, Years] = {
    "Children's Partnership: Chair": (13_200, 13_200, 13_500, 13_800, 14_100),
    "Children's Partnership: Salaries": (181_897, 187_354, 192_975, 197_799, 202_744),
    "Children's Partnership: TASP": (1_804, 1_804, 1_840, 1_877, 1_915),
    "Children's Partnership: MRC": (3_640, 3_640, 3_640, 3_640, 3_640),
    "Children's Partnership: Mcr Rape": (1_320, 1_320, 1_320, 1_320, 1_320),
    "Children's Partnership: ICT": (5_297, 5_456, 5_620, 5_788, 5_962),
    "Children's Partnership: Room hire": (110, 440, 610, 655, 700),
    "Children's Partnership: Sundries": (2_700, 3_000, 3_100, 3_150, 3_200),
    "Adults' Partnership: Chair": (13_200, 13_800, 13_500, 13_800, 14_100),
    "Adults' Partnership: Salaries": (81_737, 84_189, 86_715, 88_883, 91_105),
    "Adults' Partnership: Quality Assurance": (15_500, 17_000, 17_400, 17_800, 18_200),
}
# What the annual report prints under its columns of expenditure; the adults' rows add to 1,700 less (004:906).
_TOTAL_PRINTED = 216_214 + 116_689


def _spent() -> Years:
    sums = [sum(year) for year in zip(*_SPENT.values(), strict=True)]
    return (sums[0], _TOTAL_PRINTED, *sums[2:])


LEVELS: dict[str, Level] = {
    # Early help
    "early_help_assessments_completed": Level(
        (2410, 2385, 2440, 2502, 2547, 1291), (2630, 2640, 2672, 2715, 2741, 1384), _SCHOOL_YEAR
    ),
    "gcp2_started": Level((141, 54, 83, 117, 139, 74), parts=_GCP2),
    "gcp2_completed": Level((128, 45, 71, 102, 124, 68), parts=_GCP2),
    # Children's social care
    "open_referrals": Level((3120, 3207, 3174, 3098, 3041, 3066)),
    "child_assessments_completed": Level((3390, 3465, 3512, 3477, 3440, 1731), season=(1.04, 0.93, 1.02, 1.01)),
    "child_assessments_in_time": Level((2826, 2851, 2963, 3022, 3061, 1547), "child_assessments_completed"),
    "children_in_need": Level((1988, 2041, 2076, 2052, 1997, 2010)),
    "children_with_disability": Level((3962, 3987, 4015, 4046, 4071, 4080)),
    # Away from home and leaving care
    "children_in_care_of_other_authorities": Level((452, 433, 421, 417, 409, 405)),
    "childrens_homes": Level((43, 44, 46, 47, 48, 48), by_steps=True),
    "private_fostering_notifications": Level((6, 8, 7, 9, 8, 4)),
    "private_fostering_arrangements": Level((5, 6, 5, 7, 6, 6)),
    "care_leavers": Level((196, 208, 221, 229, 236, 239), parts={_FORMER: (21, 28, 34, 39, 42, 43)}),
    "care_leavers_in_touch": Level((176, 188, 203, 212, 220, 224), "care_leavers"),
    "care_leavers_in_suitable_accommodation": Level((168, 180, 194, 204, 213, 217), "care_leavers"),
    "care_leavers_supported": Level(
        parts={"Unlimited internet for 18 months": (38, 53, 61, 64, 66, 66), "Staying Close": (0, 53, 57, 60, 58, 59)},
        by_steps=True,
    ),
    "care_leaver_flats": Level((0, 7, 7, 17, 27, 27), by_steps=True),
    # Exploitation
    "exploitation_referrals": Level((88, 96, 109, 104, 101, 49), parts=_KINDS),
    "exploitation_high_risk": Level((27, 29, 33, 31, 30, 29), parts=_KINDS),
    "exploitation_incidents": Level((1012, 968, 1034, 997, 1021, 503), season=(1.06, 1.08, 0.95, 0.91), parts=_KINDS),
    "channel_referrals": Level(parts={"Children": (6, 5, 7, 6, 8, 3), "Adults": (4, 4, 5, 4, 6, 2)}),
    # Domestic abuse
    "domestic_abuse_notices": Level((1764, 1812, 1851, 1793, 1742, 873), season=(1.02, 1.08, 0.97, 0.93)),
    "operation_encompass_notifications": Level(
        (1496, 1238, 1311, 1402, 1455, 741),
        season=_SCHOOL_YEAR,
        parts={"Same school day": 0.71, "Next school day": 0.22, "Later": 0.07},
    ),
    "marac_cases": Level((625, 595, 604, 611, 598, 301), parts={"With children": 0.58, "Without children": 0.42}),
    "marac_repeats": Level((203, 214, 205, 196, 187, 92), "marac_cases"),
    "honour_based_abuse_referrals": Level(
        (14, 21, 23, 22, 24, 11), parts={"Honour-based violence": 0.62, "Forced marriage": 0.38}
    ),
    "caring_dads_referrals": Level((29, 34, 37, 41, 44, 23)),
    "caring_dads_accepted": Level((18, 23, 25, 28, 31, 16)),
    "caring_dads_completed": Level((10, 14, 16, 18, 21, 11)),
    # Children, police and courts
    "youth_justice_first_time_entrants": Level((71, 68, 74, 66, 61, 29)),
    "custodial_sentences": Level((3, 4, 3, 2, 3, 1)),
    "overnight_detentions": Level((27, 24, 22, 19, 18, 8)),
    "local_authority_beds_provided": Level((10, 9, 9, 9, 8, 4), (14, 13, 12, 11, 10, 5)),
    # Education
    "children_missing_education": Level((11, 13, 12, 10, 9, 10)),
    "home_educated": Level((241, 268, 297, 318, 331, 338)),
    "home_educated_new": Level((96, 112, 118, 109, 104, 47), season=(0.7, 1.3, 1.1, 0.9)),
    "home_educated_back_in_school": Level((38, 44, 47, 51, 49, 23)),
    "sen_pupils": Level((6890, 7040, 7212, 7389, 7541, 7560)),
    "ehc_plans": Level((2318, 2471, 2620, 2744, 2851, 2880)),
    "school_safeguarding_effective": Level((23, 28, 32, 30, 30, 14), (24, 29, 33, 31, 30, 14), _SCHOOL_YEAR, _SCHOOLS),
    "section_175_returned": Level((112, 116, 118, 121, 122), (126, 127, 127, 127, 127)),
    "schools_with_nominated_social_worker": Level((124, 125, 126, 125, 126), (126, 127, 127, 127, 127)),
    "ofsted_complaints": Level((24, 27, 25, 29, 26, 12)),
    # Children's health
    "camhs_referrals": Level((2742, 2903, 3014, 2987, 3041, 1462), season=(1.06, 0.8, 1.06, 1.08)),
    "self_harm_admissions": Level((148, 156, 161, 150, 143, 69), season=(1.08, 0.84, 1.05, 1.03)),
    "icon_coverage": Level((2506, 2479, 2458, 2455, 2461, 1229), (2874, 2811, 2768, 2742, 2719, 1350)),
    "mothers_assessed_after_birth": Level(
        (5311, 5248, 5203, 5189, 5161, 2588),
        (5702, 5610, 5524, 5460, 5402, 2690),
        parts={"New birth visit": 0.505, "6 to 8 weeks": 0.495},
    ),
    # Allegations against professionals, deaths of children
    "lado_referrals": Level((221, 236, 243, 238, 229, 117), season=_SCHOOL_YEAR, parts=_WORKFORCE),
    "lado_managed_without_meeting": Level((166, 175, 181, 176, 170, 87), "lado_referrals"),
    "lado_queries": Level((262, 271, 284, 279, 290, 143), season=_SCHOOL_YEAR),
    "child_deaths": Level(parts={"Expected": (13, 11, 12, 13, 12, 6), "Unexpected": (3, 5, 3, 2, 2, 1)}),
    "child_deaths_reviewed": Level((15, 14, 16, 13, 14, 7)),
    "child_deaths_with_modifiable_features": Level((4, 3, 5, 4, 4, 2), "child_deaths_reviewed"),
    "sudden_infant_deaths": Level((1, 2, 1, 1, 0, 1)),
    "stillbirths": Level((10, 9, 8, 9, 7, 4)),
    # Adults
    "care_home_ratings_good_or_outstanding": Level((56, 57, 57, 59, 60, 60), (76, 75, 74, 73, 73, 72)),
    "care_home_harm_reports": Level((1287, 1342, 1401, 1388, 1420, 702), season=(0.95, 0.95, 1.02, 1.08), parts=_HARM),
    "substance_misuse_referrals_accepted": Level((861, 913, 958, 1004, 1037, 529), season=(1.0, 0.98, 0.94, 1.08)),
    # Training, assurance, voice, money
    "training_events": Level((38, 46, 49, 52, 55, 26), season=(1.0, 0.6, 1.2, 1.2)),
    "learning_circles": Level((8, 11, 12, 13, 13, 6)),
    "e_learning_completed": Level(
        (742, 811, 868, 904, 921, 455), parts={"SEND": 0.34, "Safeguarding children level 2": 0.66}
    ),
    "section_11_returned": Level((13, 14, 15, 15, 16), (16, 16, 17, 17, 17)),
    "scrutiny_visits": Level((4, 6, 6, 7, 8, 4)),
    "survey_staff_available": Level((70, 75, 83, 88, 92), (98, 104, 112, 117, 121)),
    "survey_staff_listened": Level((74, 79, 87, 92, 97), (98, 104, 112, 117, 121)),
    "survey_staff_kept_their_word": Level((69, 75, 80, 87, 90), (98, 104, 112, 117, 121)),
    "participation_worker_offered": Level((240, 252, 261, 254, 247, 122), (268, 281, 287, 276, 266, 131)),
    "parents_group_members": Level((5, 5, 6, 7, 7, 8), by_steps=True),
    "peer_mentors_trained": Level((0, 3, 4, 3, 4, 2)),
    "survey_not_confident_about_ehc_plans": Level((20, 19, 17, 16, 14), (184, 190, 187, 193, 195)),
    "income": Level(parts=_INCOME),
    "expenditure": Level(_spent(), parts=_SPENT),
}
