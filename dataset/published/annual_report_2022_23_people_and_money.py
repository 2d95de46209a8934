"""Figures of the joint annual report 2022/23 about people, adults' health, training, schools and money."""

from __future__ import annotations

from dataset.published.figure import ANNUAL_REPORT, Period, PublishedFigure, Transcript

_people = Transcript(ANNUAL_REPORT, "demography")
_adults = Transcript(ANNUAL_REPORT)
_assured = Transcript(ANNUAL_REPORT, "assurance")
_trained = Transcript(ANNUAL_REPORT, "training")
_money = Transcript(ANNUAL_REPORT, "finance")

YEAR = Period("2022/23")
YEAR_END = Period("31 March 2023", "as at")
YEAR_BEFORE_END = Period("31 March 2022", "as at")
CENSUS = Period("2021", "calendar year")
CENSUS_BEFORE = Period("2011", "calendar year")
BETWEEN = Period("2011 to 2021", "several years")
NEEDS_2018 = Period("2018", "calendar year")
NEEDS_2020 = Period("2020", "calendar year")
WRITING = Period("2023", "as at")
GREATER_MANCHESTER = "GM"

# Population (004:160-162, 178-187, 197, 210-213)

_BOROUGH = "people living in the borough"
_YEAR_NOT_SAID = "The sentence gives no year for the later figure; read as the census of 2021."
_DISABLED = "Two different shares are printed for 2021; one may count only people limited a lot, which is not said."
_SHARES_2021 = (
    (178, "18.9%", "Aged 0-15"),
    (179, "61.0%", "Aged 16-64"),
    (180, "20.1%", "Aged 65+"),
    (210, "7.3%", "Asian"),
    (211, "2.6%", "Mixed"),
    (212, "1.6%", "Other ethnic group"),
    (213, "1.2%", "Black or Caribbean"),
)
_CHANGES = (
    ("4.1%", "", "E08000007"),
    ("6.9%", "", GREATER_MANCHESTER),
    ("16.2%", "Aged 65+", "E08000007"),
    ("16.6%", "Aged 65+", GREATER_MANCHESTER),
    ("5.2%", "Aged 0-15", "E08000007"),
)

_POPULATION = (
    *(
        _people(160, token, "population", BETWEEN, part, unit="percent change", area=area, basis="the census of 2011")
        for token, part, area in _CHANGES
    ),
    _people(160, "295,000", "population", CENSUS, note="Printed as almost this many; 004:182 has the exact count."),
    _people(162, "7.6%", "population_share", CENSUS, "Disabled", basis=_BOROUGH, note=_DISABLED),
    _people(162, "8.9%", "population_share", CENSUS_BEFORE, "Disabled", basis=_BOROUGH),
    _people(162, "92.1", "population_share", CENSUS_BEFORE, "White", unit="percent", note="Printed without a sign."),
    _people(162, "87.4", "population_share", CENSUS, "White", unit="percent", note=_YEAR_NOT_SAID),
    *(_people(line, token, "population_share", CENSUS, part, basis=_BOROUGH) for line, token, part in _SHARES_2021),
    _people(182, "294,776", "population", CENSUS),
    _people(187, "18.1%", "population_share", CENSUS, "Disabled", basis="under the Equality Act", note=_DISABLED),
    _people(197, "38%", "deprivation_share", NEEDS_2020, basis="live in areas more deprived than average"),
)

# Health and care of adults (004:191, 223-235)

_UNDATED = "No date is printed; read as the time of the report."
_HEALTH = (
    _assured(191, "76%", "care_home_ratings_good_or_outstanding", YEAR_END, basis="care homes for adults"),
    _adults(223, "451.1", "alcohol_admissions", YEAR_BEFORE_END, unit="per 100,000"),
    _adults(224, "1800", "falls_admissions", YEAR_BEFORE_END, "Aged 65+", unit="per 100,000"),
    _adults(226, "87.1%", "flu_vaccination", YEAR_BEFORE_END, "Aged 65+"),
    _adults(
        229, "913", "substance_misuse_referrals_accepted", YEAR, note="No period is printed beyond the fourth quarter."
    ),
    _adults(233, "37.8%", "overweight_or_obese", WRITING, "Children in year 6", note=_UNDATED),
    _adults(234, "65.1%", "overweight_or_obese", WRITING, "Adults", note=_UNDATED),
    _adults(235, "12.8%", "smokers", WRITING, "Adults", note=_UNDATED),
)

# Adults who were the subject of an enquiry, and audits (004:315, 641)

_ENQUIRIES = (
    _assured(315, "3 young people", "audited_cases", Period("2023", "calendar year"), "Learning hub on transitions"),
    _adults(641, "74.1%", "enquiries_ethnicity", YEAR, "White British", basis="adults subject to an enquiry"),
    _adults(641, "22.7%", "enquiries_ethnicity", YEAR, "Unknown or undeclared", basis="adults subject to an enquiry"),
)

# Training (004:677-687)

CONFERENCE = "Domestic Homicide Review Conference"
_COURSES = (
    (678, "98", "Team around the adult and MAARS"),
    (679, "407", "Alerting"),
    (680, "5", "Chairing safeguarding adults meetings"),
    (681, "36", "MAPPA awareness"),
    (682, "40", "Enquiry officer"),
    (683, "9", "Hate crime awareness"),
    (684, "45", "Domestic abuse in later life"),
    (685, "277", CONFERENCE),
)

_TRAINING = (
    *(_trained(line, token, "training_attendance", YEAR, course) for line, token, course in _COURSES),
    _trained(687, "270", "training_attendance", YEAR, f"{CONFERENCE}, more than", note="A lower bound."),
)

# Funding and expenditure (004:889-906): a column for each partnership

CHILDREN = "Children's Partnership"
ADULTS = "Adults' Partnership"
_NO_LABEL = "The row has no label; it is the total of the rows above."
_YEAR_OF_TABLE = "The table prints no year: its text announces 2022/23 and a forecast for 2023/24 (004:885)."
_ACCOUNTS = (
    ("income", 889, "SMBC", "138,354", "64,889"),
    ("income", 890, "ICS", "32,000", "38,000"),
    ("income", 891, "GMP", "13,800", "13,800"),
    ("income", 892, "SNHSFT", "4,000", ""),
    ("income", 893, "Probation", "1,377", ""),
    ("income", 894, "Education", "32,000", ""),
    ("income_total", 895, "", "221,531", "116,689"),
    ("expenditure", 897, "Chair", "13,200", "13,800"),
    ("expenditure", 898, "Salaries", "187,354", "84,189"),
    ("expenditure", 899, "TASP", "1,804", ""),
    ("expenditure", 900, "MRC", "3,640", ""),
    ("expenditure", 901, "Mcr Rape", "1,320", ""),
    ("expenditure", 902, "ICT", "5,456", ""),
    ("expenditure", 903, "Room hire", "440", ""),
    ("expenditure", 904, "Quality Assurance", "", "17,000"),
    ("expenditure", 905, "Sundries", "3,000", ""),
    ("expenditure_total", 906, "", "216,214", "116,689"),
)

_FINANCE = tuple(
    _money(
        line,
        token,
        measure,
        YEAR,
        f"{side}: {heading}" if heading else side,
        unit="pounds",
        note=_YEAR_OF_TABLE if heading else f"{_NO_LABEL} {_YEAR_OF_TABLE}",
    )
    for measure, line, heading, *tokens in _ACCOUNTS
    for side, token in zip((CHILDREN, ADULTS), tokens, strict=True)
    if token
)

# The town and its schools (004:958-968)

_SCHOOLS = (
    (962, "4", "Maintained nursery"),
    (963, "85", "Primary"),
    (964, "14", "Secondary"),
    (965, "6", "Special"),
    (966, "3", "Pupil referral unit"),
    (967, "9", "Independent"),
    (968, "6", "Independent special"),
)

_TOWN = (
    _people(958, "294,800", "population", CENSUS, note="294,776 (004:182) to the nearest hundred."),
    _people(958, "23%", "population_share", CENSUS, "Aged 0-19", k=67_400, n=294_800, basis="all residents"),
    _people(958, "67,400", "population", CENSUS, "Aged 0-19"),
    _people(
        958,
        "11.7%",
        "children_in_low_income_households_share",
        NEEDS_2018,
        basis="children and young people; the age range is not said",
        note="Printed with 8,500 children but without the whole; 8,500 is 12.6% of the 67,400 aged 0-19.",
    ),
    _people(958, "8,500", "children_in_low_income_households", NEEDS_2018),
    _people(960, "127", "schools", WRITING),
    *(_people(line, token, "schools", WRITING, kind) for line, token, kind in _SCHOOLS),
)

FIGURES: tuple[PublishedFigure, ...] = (
    *_POPULATION,
    *_HEALTH,
    *_ENQUIRIES,
    *_TRAINING,
    *_FINANCE,
    *_TOWN,
)
