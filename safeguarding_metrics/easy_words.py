"""The goals of the plan in words of everyday use, and the hard words that are left, each explained."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class EasyWords:
    """A goal as one short sentence; `counted` is what its number counts, "" for a goal without one."""

    name: str
    counted: str = ""


# By the outcome's number in the plan; what is counted follows the measure's own denominator (cases, checks, people).
_2023_26: dict[str, EasyWords] = {
    "1.1": EasyWords("Workers look at the whole family when they help a child."),
    "1.2": EasyWords("When an adult is badly hurt, we learn why."),
    "1.3": EasyWords("Workers know what happened to a family before."),
    "1.4": EasyWords("More adults know who is helping them.", "Adults who did not know who was helping them"),
    "1.5": EasyWords("Workers tell each other what they know.", "Quick checks where this was a problem"),
    "1.6": EasyWords("More people ask for a review when an adult is badly hurt.", "Times somebody asked"),
    "2.1": EasyWords("Young adults know where to get help."),
    "2.2": EasyWords("When young people change services, it is planned."),
    "2.3": EasyWords("Services work as one team for young adults."),
    "2.4": EasyWords("More young adults keep their home.", "Young adults’ cases at MAARS about housing"),
    "2.5": EasyWords("All services agree how to help people who leave care."),
    "2.6": EasyWords(
        "Fewer adults are used by others.", "Cases at MAARS where others used the person for crime or sex"
    ),
    "3.1": EasyWords(
        "Workers understand how bad things from the past hurt people.", "Quick checks where this was a problem"
    ),
    "3.2": EasyWords("Fewer people have 3 or more risks at once.", "Cases at MAARS with 3 or more risks"),
    "3.3": EasyWords("Nobody is blamed for being hurt."),
    "3.4": EasyWords("Parents feel helped."),
    "3.5": EasyWords("Workers are good at seeing risks early."),
    "4.1": EasyWords("Workers think of the men in a child’s life.", "Quick checks where this was a problem"),
    "4.2": EasyWords("Fewer children are hurt by other people."),
    "4.3": EasyWords("Children’s files name the men who matter to them.", "Files that name these men"),
    "4.4": EasyWords("Workers feel able to work with men."),
    "4.5": EasyWords("More fathers get help from the Caring Dads course."),
    "4.6": EasyWords("Workers get better at reaching fathers."),
    "5.1": EasyWords("More adults are asked what they want.", "Council checks where the adult was asked"),
    "5.2": EasyWords(
        "More worries about adults get the right help first time.", "Worries that did not lead to a council check"
    ),
    "5.3": EasyWords(
        "More adults look after themselves.", "Cases at MAARS where the person did not look after themselves"
    ),
    "5.4": EasyWords("More adults feel safe.", "Adults aged 18 to 64 who said they feel safe"),
    "5.5": EasyWords("Few people need to come back to MAARS.", "Cases that came back"),
}
# By the plan's id: a reviewed plan numbers its outcomes anew.
GOALS: dict[str, dict[str, EasyWords]] = {"2023-26": _2023_26}
HARD_WORDS: tuple[tuple[str, str], ...] = (
    ("Goal", "What the plan wants to happen."),
    ("Group", "A group is a council team, a health service or the police."),
    ("Case", "One time that a person was sent for help."),
    ("MAARS", "A team of services that helps adults at risk."),
    ("Quick check", "Services look at what went wrong when a child was badly hurt. It is also called a rapid review."),
    ("Council check", "The council finds out what an adult at risk needs. It is also called a Section 42 enquiry."),
    ("Review", "A long look at what went wrong when an adult was badly hurt. It is also called a SAR."),
    ("Risk", "Something bad that could happen."),
)
