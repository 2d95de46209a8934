"""What we say is said in plain English: the grade of every sentence of our own, and words we do without.

The limits: reading matter for the public in the United Kingdom is asked to suit a reader of 9 to 12 years, the grades 4
to 7. Our readers are professionals at work, often in a hurry and not always in their first language; so half of all
sentences must stay at grade 7 or below. No sentence may pass 14, where the first years of a university are. Names,
quoted words and brackets are not graded on the screens.
"""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median

import pytest
from reading_ease import blocks, grade, sentences, syllables, without_names, written
from screens.conftest import demonstration
from screens.opening import SCREENS, at_screen

from dataset.agencies import AGENCIES
from dataset.tables import RETURNS
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.plans import PLANS
from safeguarding_metrics.settings import Settings

ROOT = Path(__file__).parents[1]
HALF_BELOW, MOST, EASY_MOST = 7, 14, 9
BESIDE = ("easy_read", "accessibility", "data_protection")
EVERY = (*SCREENS, *(screen for screen in BESIDE if screen not in SCREENS))
# The documents' own words, and what invented people write in the demonstration, are not ours.
OTHERS = {"published", "demonstrating"}
# Words of the sentence, and why it may stay.
MAY_STAY = {
    "Audit adult safeguarding referrals": "an action of the plan, under the name it is known by",
    "Audit MAARS and transitional safeguarding": "an action of the plan, under the name it is known by",
    "Whose figure: GM is Greater Manchester": "a list of codes, read one by one",
    "What the consideration panel decided": "five words, one of which is the panel's name",
    "How many concluded enquiries were about": "a question with the national name of a kind of abuse",
    "one child safeguarding practice review": "three kinds of review under their legal names",
    "Changed: ": "a list of columns",
    "Of the commissioners": "a term of a document, as it is printed",
}
# A word to avoid, with one to write.
AVOID = {
    "leverage": "use",
    "utilis": "use",
    "utiliz": "use",
    "facilitat": "help",
    "stakeholder": "name them",
    "going forward": "from now on",
    "in order to": "to",
    "prior to": "before",
    "subsequent to": "after",
    "commence": "begin",
    "terminate": "end",
    "endeavour": "try",
    "in respect of": "about",
    "with regard to": "about",
    "aforementioned": "this",
    "key learnings": "what was learnt",
    "deep dive": "a close look",
    "actionable": "say what to do",
    "robust": "strong",
    "please note": "say it",
    "invalid": "say what is wrong",
    "simply": "leave it out",
}
TWICE_NOT = re.compile(
    r"\b(?:not|never|no|nobody|none|nothing)\s+(?:\w+\s+)?(?:without|un(?:able|aware|clear|common|known|less|likely|usual)\b)"
    r"|\bnot (?:no|not|never|nobody|nothing|none|in(?:complete|correct|significant|valid))\b"
    r"|\bno(?:body|ne|thing)? (?:is|are|was) not\b",
    re.IGNORECASE,
)


def in_modules() -> list[tuple[str, str]]:
    """(module, sentence) of everything written in the application, findings and refusals among it."""
    places = (path for layer in ("pages", "safeguarding_metrics", "dataset") for path in (ROOT / layer).rglob("*.py"))
    ours = sorted(path for path in (*places, ROOT / "app.py") if not OTHERS & set(path.relative_to(ROOT).parts))
    return [(str(path.relative_to(ROOT)), said) for path in ours for said in written(path)]


def names() -> tuple[str, ...]:
    """What has a name of its own: agencies, returns, indicators, outcomes."""
    titles = [one.title for one in all_indicators(Settings())] + [one.title for _, one in PLANS[-1].outcomes()]
    return (*titles, *(one.name for one in AGENCIES), *(one.about.title for one in RETURNS))


def drawn(screen: str) -> list[str]:
    """The whole sentences of a screen of the demonstration."""
    at = at_screen(screen)
    parts = (at.title, at.header, at.subheader, at.markdown, at.caption, at.error, at.warning, at.info, at.success)
    texts = [part.value for kind in parts for part in kind]
    texts += [text for part in at.get("html") for text in blocks(part.value)]  # type: ignore[attr-defined]
    known = names()
    said = [one for text in texts for one in sentences(without_names(text, known))]
    return [one for one in said if one.endswith((".", "?"))]


def too_hard(said: list[str], most: float = MOST) -> list[str]:
    return [
        f"{grade(one):.1f} {one}" for one in said if grade(one) > most and not any(known in one for known in MAY_STAY)
    ]


WRITTEN = in_modules()


def test_there_is_much_to_read() -> None:
    assert len(WRITTEN) > 1200
    assert {"dataset/rules.py", "safeguarding_metrics/wording.py"} <= {module for module, _ in WRITTEN}


def test_half_of_what_is_written_is_easy() -> None:
    assert median(grade(said) for _, said in WRITTEN) <= HALF_BELOW


def test_nothing_that_is_written_is_too_hard() -> None:
    assert too_hard([said for _, said in WRITTEN]) == []


@pytest.mark.parametrize("screen", EVERY)
def test_a_screen_is_plain(screen: str, demonstration: Path) -> None:
    said = drawn(screen)
    assert said and median(map(grade, said)) <= HALF_BELOW + 1
    # What begins with a pencil is an item of a register, under the name its owner gave it.
    assert too_hard([one for one in said if not one.startswith("✎")]) == []


def test_easy_read_is_easier_than_all() -> None:
    own = [said for module, said in WRITTEN if module.endswith(("easy_reading.py", "easy_words.py"))]
    assert len(own) > 40 and median(map(grade, own)) <= 3
    assert too_hard(own, EASY_MOST) == []
    assert max(len(said.split()) for said in own) <= 15


@pytest.mark.parametrize("word", AVOID)
def test_a_word_is_done_without(word: str) -> None:
    assert [where for where in WRITTEN if re.search(rf"\b{word}", where[1], re.IGNORECASE)] == []


def test_no_sentence_denies_twice() -> None:
    assert [where for where in WRITTEN if TWICE_NOT.search(where[1])] == []


@pytest.mark.parametrize(
    "said",
    [
        "It is not uncommon for files to fail.",
        "Nothing goes without a reason.",
        "This is not incorrect at all.",
        "Nobody is not counted here.",
    ],
)
def test_a_double_negative_would_be_found(said: str) -> None:
    assert TWICE_NOT.search(said)


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("cat", 1),
        ("agency", 3),
        ("agencies", 3),
        ("measure", 2),
        ("enquiry", 3),
        ("closed", 1),
        ("table", 2),
        ("72.4%", 1),
    ],
)
def test_syllables_are_counted(word: str, number: int) -> None:
    assert syllables(word) == number


def test_the_grade_is_the_published_formula() -> None:
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    hard = "Utilisation of multi-agency safeguarding methodologies necessitates organisational prioritisation."
    assert grade(hard) > 20 and too_hard([hard])


def test_what_may_stay_is_still_there(demonstration: Path) -> None:
    screens = ("progress", "definitions", "data_protection", "published")
    everything = [said for _, said in WRITTEN] + [said for screen in screens for said in drawn(screen)]
    hard = [said for said in everything if grade(said) > MOST]
    assert [start for start in MAY_STAY if not any(start in said for said in hard)] == []


__all__ = ["demonstration"]
