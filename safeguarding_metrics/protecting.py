"""What the data protection page says: what is held, why, on what footing and for how long, from the definitions."""

from __future__ import annotations

from collections.abc import Sequence

from dataset.access.accounts import LONGEST_WAIT
from dataset.access.roles import TITLES
from dataset.access.sessions import ABSOLUTE, IDLE
from dataset.agencies import duties_for
from dataset.columns import Column, Day, Identifier
from dataset.ledger import Submission
from dataset.removal import Removal
from dataset.retention import CONTROLLER, SETTING, period_words, years_kept
from dataset.table import ReturnType
from safeguarding_metrics.wording import counted

NEVER_HELD = (
    "Names, in any column.",
    "NHS numbers and unique pupil numbers: their check digit or letter gives them away, also among references.",
    "Dates of birth: a return has an age band instead. A full date is taken only in the columns that ask for a day.",
    "Where somebody lives or can be reached: postcodes, e-mail addresses, phone numbers.",
    "National Insurance numbers, wherever they stand.",
    "Free text: every cell is a reference, a day, a number, a quarter, a printed source or a word of a list.",
)
REFUSED = (
    "A file in which one of these is found is refused as a whole. The sender is told the row, the column and what kind of "
    "thing it was. What was found is not stored and not repeated, on no screen and in no file or log. A name in a cell "
    "that takes a reference or a word of a list is found only by its form; the check is a net and not a promise."
)
ERASURE = (
    "Ask the business unit, or the agency that knows the person: only the sending agency can tell which reference is "
    "whose.",
    "The agency names the entry of the ledger that holds the row and sends a corrected return without it.",
    "The business unit then erases the earlier entry: its rows and its file go, for good. It gives its role and a reason.",
    "The ledger keeps that the return was sent, with its number of rows and its hash, and that it was erased, when, why "
    "and by which role. Figures that were worked out stay, as counts.",
    "Copies made earlier, such as backups, hold the rows until they are deleted. The command names those beside the store.",
)
PARTS_GO = (
    "What goes with the rows: the parts of a figure by age, sex or place, the list of rows behind it, and earlier reviews "
    "and learning points on Reviews."
)
TO_CONFIRM = (
    "Periods, lawful bases and agreements are the opening proposal of this software. They are for the partnership and its "
    "data protection officer to confirm."
)

OF_USERS_HEADS = ("What", "What is held", "Why", "How long", "Who sees it")
_MINUTES, _HOURS = 60, 3600
# What is held of the people who work with the application, and not of those the returns are about.
OF_USERS = (
    (
        "Account",
        "A name to sign in with, such as a work address; a role; an agency. Of a password, only a code.",
        "Nobody sees or sends more than their role allows.",
        "For good: an account is closed, and never removed, since what was done stands under its name.",
        TITLES["administrator"],
    ),
    (
        "Session",
        "When it began and was last used. Of its key, only a code.",
        "It ends by itself, and can be ended everywhere.",
        f"It ends after {IDLE / _MINUTES:.0f} minutes without use, or {ABSOLUTE / _HOURS:.0f} hours. It is deleted with the "
        f"first sign-in {2 * ABSOLUTE / _HOURS:.0f} hours after it began.",
        "Nobody",
    ),
    (
        "Wrong sign-in",
        "The name that was typed, the network address, the time.",
        "Whoever guesses has to wait longer each time.",
        f"Until the next right sign-in, or the next attempt after {LONGEST_WAIT / _MINUTES:.0f} minutes.",
        "Nobody",
    ),
    (
        "Audit trail",
        "Who did what, when and with which outcome. Never what a cell holds.",
        "What was done to a figure can be found out, and an altered line is seen.",
        "For good: no line is changed or taken out.",
        TITLES["administrator"],
    ),
    (
        "Name or role at a return, a comment or an entry",
        "What the person wrote; a role is enough.",
        "Somebody can be asked.",
        "For good, with the return, the comment or the entry.",
        "Everybody who may look",
    ),
)
IN_BACKUPS = "Backups hold accounts and the audit trail as well. They hold no session and no wrong sign-in."


def title(tables: Sequence[ReturnType]) -> str:
    """The page's heading."""
    about = sum(years_kept(table.about.footing) is not None for table in tables)
    return f"{about} of {len(tables)} returns hold rows of single cases; none says who a person is"


def controller_words() -> str:
    return f"The data controller is {CONTROLLER}."


def setting_words() -> str:
    return f"The setting {SETTING} puts one number of years in the place of every period above that is in years."


def senders_words(table: ReturnType) -> str:
    """The agencies that owe the return, in the order of the register."""
    return ", ".join(dict.fromkeys(duty.agency.name for duty in duties_for(table.about.name))) or "nobody yet"


def footing_pairs(table: ReturnType) -> list[tuple[str, str]]:
    """Term and words: why a return is held, on what footing, how long, from whom, for whom, since what document."""
    about = table.about
    return [
        ("One row is", f"{about.one_row_is}."),
        ("Why it is held", about.why),
        ("Lawful basis", about.footing.lawful_basis),
        ("Agreement", about.footing.agreement),
        ("How long rows are kept", period_words(about.footing)),
        ("Who sends it", senders_words(table)),
        ("Who sees it", about.footing.seen_by),
        ("Where it comes from", f"Lines of the partnership's documents: {about.source}."),
    ]


def kind_words(column: Column) -> str:
    """What kind of thing a column holds, as far as it could tell who somebody is."""
    if isinstance(column, Identifier):
        return "a reference only its sender can trace back"
    return "a day" if isinstance(column, Day) else "a word of a list, a number or a period"


def removed_caption(found: Sequence[Removal]) -> str:
    """How many entries, and how many rows they had."""
    rows = counted(sum(one.records for one in found), "row")
    return f"{len(found):,} {'entry' if len(found) == 1 else 'entries'} with {rows}, the latest first"


def removed_row(one: Removal, entry: Submission) -> tuple[str, ...]:
    """What the table of removals says of one."""
    slot = entry.slot
    return (
        f"{one.mark}",
        f"Entry {entry.id}: {slot.dataset} of {slot.agency} for {slot.quarter}",
        counted(one.records, "row"),
        one.reason,
        one.written_by,
    )
