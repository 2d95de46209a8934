"""Code lists of the returns about children.

Where a statutory census has a list, its entries are kept one for one or joined, and shortened to what a
person would write. No word holds an apostrophe: spreadsheets bend them, and a bent one is another word.
"""

from __future__ import annotations

from dataset.code_lists import CodeList

_CENSUS = "Children in need census, "

CONTACT_SOURCE = CodeList(
    "contact_source",
    (
        "Family member or carer",
        "Friend or neighbour",
        "Child themselves",
        "Other individual",
        "School",
        "Education service",
        "GP",
        "Health visitor",
        "School nurse",
        "Other primary health",
        "Accident and emergency",
        "Other health service",
        "Housing",
        "Adult social care",
        "Other council service",
        "Another council",
        "Early help",
        "Police",
        "Court, probation or immigration",
        "Voluntary or other organisation",
        "Anonymous",
        "Not Known",
    ),
    _CENSUS + "source of referral 1A to 10, shortened",
)
MAIN_CONCERN = CodeList(
    "main_concern",
    (
        "Neglect",
        "Emotional abuse",
        "Physical abuse",
        "Sexual abuse",
        "Domestic abuse",
        "Alcohol or drugs: parent or carer",
        "Alcohol or drugs: child",
        "Mental health: parent or carer",
        "Mental health or self-harm: child",
        "Disability or illness: parent or carer",
        "Disability or illness: child",
        "Sexual exploitation",
        "Criminal exploitation or gangs",
        "Trafficking",
        "Missing",
        "Behaviour of the child",
        "Young carer",
        "Private fostering",
        "Unaccompanied asylum-seeking child",
        "Female genital mutilation or abuse linked to belief",
        "Other",
        "Not Known",
    ),
    _CENSUS + "factors of assessment 1A to 24A, joined and shortened",
)
CONTACT_OUTCOME = CodeList(
    "contact_outcome",
    (
        "Referral to social care",
        "Early help assessment",
        "Information and advice",
        "Added to an open case",
        "No further action",
    ),
    "What the front door decides, as the board report 2016/17 tells it (001:194-206)",
)
PLAN_CATEGORY = CodeList(
    "plan_category",
    ("Neglect", "Emotional abuse", "Physical abuse", "Sexual abuse", "Multiple"),
    _CENSUS + "category of abuse",
)
PLACED = CodeList("placed", ("In Stockport", "Outside Stockport"), "Board report 2016/17 (001:249-250)")
PLACEMENT = CodeList(
    "placement",
    (
        "Fostered by relatives or friends",
        "Fostered by others",
        "With parents",
        "Placed for adoption",
        "Home for children",
        "Supported accommodation",
        "Residential school",
        "Secure home or custody",
        "Other",
    ),
    "Census of children looked after (SSDA903), placement codes, joined and shortened",
)
HEALTH_ASSESSMENT = CodeList(
    "health_assessment", ("In time", "Late or not done", "Not due"), "Board report 2016/17 (001:266, 001:435)"
)
WENT_MISSING = CodeList(
    "went_missing",
    ("No", "Yes, first time since April", "Yes, again since April"),
    "Annual report 2022/23 (004:219) counts different children over the year",
)
MISSING_FROM = CodeList("missing_from", ("Home", "Care"), "Board report 2016/17 (001:341-342)")
RETURN_INTERVIEW = CodeList(
    "return_interview",
    ("Completed within 72 hours", "Completed later", "Offered and declined", "Not offered"),
    "Statutory guidance on children who run away or go missing (2014): offered within 72 hours of the return",
)
WELFARE_CHECK = CodeList(
    "welfare_check",
    ("Within 24 hours", "Later", "Not made"),
    "Board report 2016/17 (001:898): 24 hours after the return",
)
