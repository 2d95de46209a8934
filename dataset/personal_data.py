"""What tells who a person is, found in a text by its form; what is found is named and never repeated.

NHS numbers: the NHS Data Dictionary's modulus 11. UPNs: the Department for Education's check letter, modulus 23.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

E_MAIL, TELEPHONE, POSTCODE = "an e-mail address", "a telephone number", "a postcode"
NI_NUMBER, NHS_NUMBER, UPN = "a National Insurance number", "an NHS number", "a unique pupil number (UPN)"
FULL_DATE, NAME = "a full date", "a person's name"

# One character before the @ says as much as all of them, and does not look at a long word from each of its letters.
_E_MAIL = re.compile(r"[\w.+-]@[\w-]+\.\w")
# A day written 01-04-2023 10:00 has the digits of a telephone number, and none has a nought after the first.
_TELEPHONE = re.compile(
    r"(?<!\d)(?!\d{1,2}[ -]\d{1,2}[ -]\d{4}\b)(?:\+44[ -]?(?:\(0\) ?)?|0)[1-9](?:[ ()-]{0,2}\d){8,9}(?!\d)"
)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b")
_NI_NUMBER = re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2}[ -]?(?:\d{2}[ -]?){3}[A-D]\b")
_TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_UPN = re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]\b")
_SIX_DIGITS = re.compile(r"\d(?:[ ()-]{0,2}\d){5}")
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = re.compile(
    r"(?<!\d)(?:\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})|(?:19|20)\d{2}[/.-]\d{1,2}[/.-]\d{1,2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ -]{_MONTH}[ ,-]+\d{{2,4}})(?!\d)",
    re.IGNORECASE,
)
# In a text of somebody's own “s47 2nd” is no postcode, but a cell that is nothing else may be one in small letters.
_WHOLE_CELL = re.compile(rf"{_POSTCODE.pattern}|{_NI_NUMBER.pattern}|{_UPN.pattern}", re.IGNORECASE)
# One look that all of these begin with: a file may have hundreds of thousands of different cells.
_WORTH_READING = re.compile(
    r"[@\d](?:(?<=@)|[/.-]\d|[ ()-]{0,2}\d[ ()-]{0,2}\d[ ()-]{0,2}\d[ ()-]{0,2}\d[ ()-]{0,2}\d|[A-Za-z\d]? ?\d[A-Za-z]{2}"
    r"|(?:st|nd|rd|th)?[ -](?:[Jj]an|[Ff]eb|[Mm]ar|[Aa]pr|[Mm]ay|[Jj]u[nl]|[Aa]ug|[Ss]ep|[Oo]ct|[Nn]ov|[Dd]ec|[A-Z]{3}))"
)
_WORDS_ONLY = re.compile(r"[^\W\d_]+\.?(?:['’-][^\W\d_]+)*(?:,? [^\W\d_]+\.?(?:['’-][^\W\d_]+)*){1,3}")
# Words people write into a cell instead of a code or a day; nobody is called so.
_COMMON = (
    "a an and at be by for from in is no none not of on or the to with without yes unknown known unsure other others "
    "data date day days year years month missing stated given recorded applicable available confirmed awaiting "
    "pending ongoing open closed under over own home care case child children adult adults family person health "
    "police school service services team council hospital risk abuse review section"
)
_NOT_IN_NAMES = frozenset(_COMMON.split())


def kinds_in(text: str) -> list[str]:
    """What a free text seems to hold, such as "a postcode"."""
    seen = [E_MAIL] if "@" in text and _E_MAIL.search(text) else []
    if _POSTCODE.search(text):
        seen.append(POSTCODE)
    if not _SIX_DIGITS.search(text):
        return seen
    if _TELEPHONE.search(text):
        seen.append(TELEPHONE)
    if _NI_NUMBER.search(text):
        seen.append(NI_NUMBER)
    if any(is_nhs_number(found) for found in _TEN_DIGITS.findall(text)):
        seen.append(NHS_NUMBER)
    if any(is_upn(found) for found in _UPN.findall(text)):
        seen.append(UPN)
    return seen


def kinds_in_cell(text: str, *, days: bool = False) -> list[str]:
    """What a cell seems to hold that its column does not take; `days` where a full date may stand in it."""
    if not _WORTH_READING.search(text):
        return []
    seen = kinds_in(text)
    if not seen and _WHOLE_CELL.fullmatch(text):
        seen = kinds_in(text.upper())
    if not days and _DAY.search(text):
        seen.append(FULL_DATE)
    return seen


def is_nhs_number(text: str) -> bool:
    """Whether ten digits keep the check digit of an NHS number: weights 10 to 2, modulus 11."""
    digits = [int(c) for c in text if c.isdecimal()]
    if len(digits) != 10 or len(set(digits)) == 1:  # ten times the same digit stands for nothing
        return False
    check = 11 - sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
    return check % 11 == digits[9] and check != 10


def is_upn(text: str) -> bool:
    """Whether a letter and twelve digits (the last may be a letter) keep the check letter: weights 2 to 13, modulus 23."""
    letter, rest = text[0].upper(), text[1:].upper()
    values = [int(c) if c.isdecimal() else _UPN_LETTERS.find(c) for c in rest]
    return letter == _UPN_LETTERS[sum(w * v for w, v in zip(range(2, 14), values, strict=True)) % 23]


def may_be_a_name(text: str) -> bool:
    """Whether a text is two to four words of letters alone, none of them a common one: Jo Bloggs, BLOGGS, Jo."""
    if not _WORDS_ONLY.fullmatch(text):
        return False
    words = text.replace(",", "").split()
    return all(word[0].isupper() for word in words) and not _NOT_IN_NAMES & {word.casefold() for word in words}


def withheld(text: str, *, days: bool = True) -> str:
    """The text, or, where it holds what tells who a person is, words that say so in its place."""
    found = kinds_in_cell(text, days=days)
    return f"(withheld: what looks like {' and '.join(found)})" if found else text


@dataclass(frozen=True)
class ReferenceForm:
    """A form that a reference of letters and digits may have, and personal data have too.

    `pattern` is read alike by Python and by the engine, and has to match in full. `passes` is its check digit: random
    references pass that now and then, so nothing is said of one value. Without it the form alone speaks.
    """

    what: str
    pattern: str
    passes: Callable[[str], bool] | None = None

    def is_met_by(self, text: str) -> bool:
        return re.fullmatch(self.pattern, text, re.ASCII) is not None


REFERENCE_FORMS: tuple[ReferenceForm, ...] = (
    ReferenceForm(NHS_NUMBER, r"[0-9]{10}|[0-9]{3}[-./][0-9]{3}[-./][0-9]{4}", is_nhs_number),
    ReferenceForm(UPN, r"[A-HJ-NP-RT-Za-hj-np-rt-z][0-9]{11}[0-9A-HJ-NP-RT-Za-hj-np-rt-z]", is_upn),
    ReferenceForm(NI_NUMBER, r"[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z]{2}[-./]?([0-9]{2}[-./]?){3}[A-Da-d]"),
    # No number begins with 00, 04 or 06: a counter filled up with noughts is no telephone number.
    ReferenceForm(TELEPHONE, r"(0|44)[1-35789][0-9]{2,3}[-./]?[0-9]{3}[-./]?[0-9]{3,4}"),
    ReferenceForm(POSTCODE, r"[A-Za-z]{1,2}[0-9][A-Za-z0-9]?[-./]?[0-9][ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}"),
    ReferenceForm(
        FULL_DATE, r"[0-9]{1,2}[-./][0-9]{1,2}[-./](19|20)[0-9]{2}|(19|20)[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2}"
    ),
    ReferenceForm(NAME, r"[A-Z][a-z]+([._-][A-Z][a-z]+){1,2}"),
)
ENOUGH, ALL_OF_FEW = 5, 3


def is_too_many(found: int, of: int) -> bool:
    """Whether so many of the different values are no accident: half of five or more, all of three or four.

    A random ten-digit reference keeps the check digit of an NHS number in 1 of 11 cases; three of three do in 1 of 1,300.
    """
    return found * 2 >= of if of >= ENOUGH else found == of >= ALL_OF_FEW


_HEADINGS: dict[str, str] = {
    "name": "names",
    "names": "names",
    "surname": "names",
    "forename": "names",
    "forenames": "names",
    "firstname": "names",
    "lastname": "names",
    "fullname": "names",
    "dob": "dates of birth",
    "birthdate": "dates of birth",
    "birthday": "dates of birth",
    "dateofbirth": "dates of birth",
    "nhs": "NHS numbers",
    "nhsno": "NHS numbers",
    "nhsnumber": "NHS numbers",
    "upn": "pupil numbers",
    "uniquepupilnumber": "pupil numbers",
    "postcode": "postcodes",
    "postalcode": "postcodes",
    "address": "addresses",
    "addresses": "addresses",
    "homeaddress": "addresses",
    "street": "addresses",
    "email": "e-mail addresses",
    "emailaddress": "e-mail addresses",
    "phone": "telephone numbers",
    "telephone": "telephone numbers",
    "mobile": "telephone numbers",
    "phonenumber": "telephone numbers",
    "telephonenumber": "telephone numbers",
    "mobilenumber": "telephone numbers",
    "nino": "National Insurance numbers",
    "ninumber": "National Insurance numbers",
    "nationalinsurancenumber": "National Insurance numbers",
}
# Things that have a name and are nobody: a team's name tells little of a child.
_THINGS = "team school provider agency service organisation ward file measure setting hospital area borough"
_NAMED_THINGS = frozenset(_THINGS.split())


def personal_heading(heading: str) -> str:
    """What a column so headed would hold, such as "dates of birth"; "" for a heading that says nothing of the kind."""
    words = re.findall(r"[a-z]+", heading.casefold())
    together = ["".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, min(i + 4, len(words)) + 1)]
    found = [_HEADINGS[one] for one in together if one in _HEADINGS]
    if found and set(found) == {"names"} and _NAMED_THINGS & set(words):
        return ""
    return found[0] if found else ""
