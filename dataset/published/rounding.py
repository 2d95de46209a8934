"""How far a printed figure may lie from the number behind it."""

from __future__ import annotations

import re
from fractions import Fraction

from dataset.published.figure import PublishedFigure

ROUNDED_FROM = 10_000
"""Counts from here on that end in two zeros or more are read as rounded there: 294,800 may be 294,776."""


def rounding(figure: PublishedFigure) -> Fraction:
    """Half of the last printed digit: 72.4 stands for 72.35 to 72.45; money and figures with printed counts are exact."""
    if figure.counts == "printed" or figure.unit == "pounds":
        return Fraction(0)
    number = re.search(r"\d[\d,]*(\.\d+)?", figure.as_printed)
    if number is None:
        return Fraction(0)
    if figure.unit == "count":
        return _of_a_count(number[0], figure.value)
    return half_digit(number[0])


def half_digit(words: str) -> Fraction:
    """Half of the last digit of the first number printed: "12.5% of" → 1/20, "87%" → 1/2. ValueError without one."""
    number = re.search(r"\d[\d,]*(?:\.(\d+))?", words)
    if number is None:
        raise ValueError(f"“{words}” holds no number.")
    return Fraction(1, 2 * 10 ** len(number[1] or ""))


def _of_a_count(number: str, value: Fraction) -> Fraction:
    digits = re.sub(r"\D", "", number)
    zeros = len(digits) - len(digits.rstrip("0"))
    return Fraction(10**zeros, 2) if zeros >= 2 and value >= ROUNDED_FROM else Fraction(0)
