"""What the accessibility statement says. Whatever is claimed here is what the tests do; see tests/browser.

What it must hold is set for public bodies by the Public Sector Bodies (Websites and Mobile Applications) (No. 2)
Accessibility Regulations 2018, regulation 8: how far the standard is met, what is left, another format, and where to
complain. Each partnership that runs the software adds its own address, so none is given here.
"""

from __future__ import annotations

from datetime import date

REVIEWED = date(2026, 11, 21)

TITLE = "Everybody should be able to use these screens; some parts do not work for all yet"
STANDARD = (
    "We aim at the Web Content Accessibility Guidelines 2.2, level AA. The screens meet most of them. What we know to be "
    "missing is named below. This is our own test; nobody from outside has checked it yet."
)
WHEN = f"Written and last reviewed on {REVIEWED.day} {REVIEWED:%B %Y}, from tests of this version of the software."

_CAN_DO = (
    "Read and work at 200% zoom, and on a phone 320 points wide, without scrolling in two directions. Only some wide "
    "tables and charts scroll within themselves.",
    "Work with the keyboard alone: choose, filter, open, write and send.",
    "Follow every screen with a screen reader: tables have captions and headings, pictures and charts have words, and "
    "each chart has its numbers in a table beneath it.",
    "Tell every status by its word and its sign, without its colour.",
    "Choose light or dark: the screens follow the setting of your device.",
    "Print the screens, and take tables away as CSV and Excel.",
    "Read the progress of the plan in easy words: see Easy read at the foot of every screen.",
)
_TESTED = (
    "Every screen of the demonstration is tried against the rules of axe-core 4. This is done at 1,280 and 390 points "
    "wide, in light and in dark, with all that unfolds open. The test fails at a fault called serious or critical.",
    "Every screen is opened as 200% zoom of a laptop shows it and at 320 points wide. The test looks for content that is "
    "cut off and for scrolling sideways.",
    "Jobs are done in Chromium with the keyboard alone: a quarter is filtered and opened, and a comment is written.",
    "Papers of meetings are written as PDF/UA-1, the standard for PDF files that can be read aloud. The program that "
    "writes them refuses a chart without words.",
    "Our own sentences are measured: half of them must be fit for a reader of 12 years or younger.",
)
_KNOWN = (
    "Nobody has tried the screens with a screen reader for a whole working day. The tests above are done by programs; "
    "these find only part of what can be wrong.",
    "The tests run in Chromium alone. Other browsers have not been tried.",
    "The frame is the Streamlit program’s. On a narrow screen its menu is behind a button. With the Tab key the filters "
    "come before the menu, and both before the page, unless you take the link at the top that skips them.",
    "The language of the page is given as English and not as British English.",
    "When a choice changes a page, Streamlit draws it anew. A screen reader is not always told that it has changed, and "
    "may start again at the top.",
    "Charts that can be moved and enlarged are made for the mouse. Their numbers stand in the table beneath them.",
    "The calendar of a date field is hard to use with the keyboard. The date can be typed instead.",
    "Slides, Word and Excel papers have words for their pictures, but were not tested against a standard.",
    "The easy read page was written by the makers of the software. People who use easy read have not checked it yet.",
    "All is in English only.",
)
_ASK = (
    "Ask the partnership’s business unit. Say which screen or paper you need, and how: large print, easy read, spoken, "
    "on paper, in another language.",
    "Tell the business unit as well when something does not work. Say the screen, what you wanted to do, and what you "
    "use to read it.",
    "If the answer does not help you, ask the Equality Advisory and Support Service. In England, Scotland and Wales the "
    "Equality and Human Rights Commission sees that the regulations of 2018 are kept.",
)
# Heading, a sentence before the list or "", the list.
PARTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("What you can do", "", _CAN_DO),
    ("What was tested", "", _TESTED),
    ("What does not work for everybody yet", "", _KNOWN),
    ("How to ask for another format or tell us of a fault", "", _ASK),
)
