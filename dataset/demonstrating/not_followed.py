"""The published figures of 2021/22 and 2022/23 that the demonstration does not come to, each with the reason.

Those of counts are listed beside the counts. Every other published figure of these years about a measured
whole is met; a test compares them all.
"""

from __future__ import annotations

from dataset.demonstrating.counts import NotFollowed

_REPORT = "The business plan and the annual report print different figures for the year; the report's is followed."
_ROUNDED = "6 of 72 is 8.3%: no whole number of 72 referrals gives the 9% of the business plan."
_RATE = "A rate per 100,000 adults needs a count of residents that no return holds; its cases are invented."
_TYPES = "The report's share is of the types recorded, of which an enquiry may have several; ours is of enquiries."
_COLUMN = "The printed column adds to 99.5%: what is left over is counted as not recorded."
_CHANGE = "A change from the year before is printed; the demonstration holds the two counts themselves."

NOT_MET: tuple[NotFollowed, ...] = (
    NotFollowed("rapid_reviews_information_sharing", "003:170", _REPORT),
    NotFollowed("rapid_reviews_complex_trauma", "003:273", _REPORT),
    NotFollowed("maars_housing", "003:217", _REPORT),
    NotFollowed("maars_self_neglect", "003:328", _REPORT),
    NotFollowed("maars_repeat_referrals", "003:336", _ROUNDED),
    NotFollowed("msp_asked", "003:332", _REPORT),
    NotFollowed("concerns_not_progressed", "003:329", _REPORT),
    NotFollowed("concerns_not_progressed", "003:362", _REPORT),
    *(
        NotFollowed(f"enquiries_{kind}", place, _RATE)
        for kind, places in (
            ("modern_slavery", ("004:309", "004:319")),
            ("sexual_exploitation", ("004:309", "004:319")),
            ("neglect_and_acts_of_omission", ("004:349",)),
            ("self_neglect", ("004:349",)),
        )
        for place in places
    ),
    NotFollowed("enquiries_psychological_abuse", "004:602", _TYPES),
    NotFollowed("enquiries_neglect_and_acts_of_omission", "004:603", _TYPES),
    NotFollowed("enquiries_organisational_abuse", "004:604", _TYPES),
    NotFollowed("enquiries_domestic_abuse", "004:604", _TYPES),
    NotFollowed("enquiries_financial_or_material_abuse", "004:604", _TYPES),
    NotFollowed("msp_not_recorded", "004:632", _COLUMN),
    NotFollowed("maars_referrals", "004:653", _CHANGE),
    NotFollowed("maars_criminal_exploitation", "004:667", _CHANGE),
    NotFollowed("marac_cases", "004:379", _CHANGE),
)
