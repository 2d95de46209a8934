"""Sharing declared totals out over quarters, rows and cells, so that what is invented adds up exactly."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from random import Random

from dataset.quarter import Quarter
from dataset.table import ReturnType

SEED = 2023
FIRST, LAST = Quarter(2021, 1), Quarter(2026, 2)
_EXCHANGES = 15  # for each row

Cells = dict[str, str]
# What each agency has for each quarter, by agency code; a slot that is not here had no cases.
Rows = dict[tuple[str, Quarter], list[Cells]]


class DoesNotFit(RuntimeError):
    """Declared totals contradict each other: a defect of the demonstration, never of a user."""


def quarters_of(year: int) -> tuple[Quarter, ...]:
    """The quarters of a financial year that lie in the demonstration."""
    return tuple(quarter for number in (1, 2, 3, 4) if FIRST <= (quarter := Quarter(year, number)) <= LAST)


def short_year(year: int) -> str:
    """2022 → "2223", as references write it."""
    return f"{year % 100:02}{(year + 1) % 100:02}"


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to the weights that add up to the total (largest remainders)."""
    exact = [total * weight / sum(weights) for weight in weights]
    shares = [int(number) for number in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: (shares[i] - exact[i], i))
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return shares


def uneven(total: int, parts: int, rng: Random) -> list[int]:
    """The total in parts of about the same size, as quarters are."""
    return apportion(total, [rng.uniform(0.85, 1.15) for _ in range(parts)])


def by_weight(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    return dict(zip(weights, apportion(total, list(weights.values())), strict=True))


def dealt(counts: Mapping[str, int], rng: Random) -> list[str]:
    """Each word as often as its count says, in random order."""
    words = [word for word, count in counts.items() for _ in range(count)]
    rng.shuffle(words)
    return words


def sizes(count: int, total: int, least: int, most: int, rng: Random) -> list[int]:
    """`count` numbers from `least` to `most` that add up to `total`. Raises DoesNotFit."""
    if not count * least <= total <= count * most:
        raise DoesNotFit(f"{count} numbers from {least} to {most} cannot add up to {total}.")
    given = [least] * count
    for _ in range(total - count * least):
        given[rng.choice([i for i in range(count) if given[i] < most])] += 1
    return given


def label_sets(
    wanted: Sequence[int], totals: Mapping[str, int], rng: Random, fixed: Sequence[frozenset[str]] = ()
) -> list[set[str]]:
    """One set of labels a row: row i has `wanted[i]` labels, and label k is in `totals[k]` rows, both exactly.

    `fixed` are labels that a row has already; they count as part of `wanted` and `totals`. The commonest
    label goes first, always to the rows with most room: if there is any solution this finds one. The rows
    then exchange labels at random, which changes no total. Raises DoesNotFit.
    """
    given = list(fixed) or [frozenset[str]()] * len(wanted)
    sets = [set(labels) for labels in given]
    for label, total in sorted(totals.items(), key=lambda item: -item[1]):
        left = total - sum(label in labels for labels in given)
        rooms = {i: wanted[i] - len(sets[i]) for i in rng.sample(range(len(sets)), len(sets)) if label not in sets[i]}
        for i in sorted(rooms, key=lambda i: -rooms[i])[:left]:
            sets[i].add(label)
    if [len(labels) for labels in sets] != list(wanted):
        raise DoesNotFit(f"Labels {dict(totals)} cannot be shared out over rows of {sum(wanted)} in all.")
    for _ in range(_EXCHANGES * len(sets)):
        one, other = rng.sample(range(len(sets)), 2)
        _exchange(sets[one], sets[other], given[one] | given[other], rng)
    return sets


def _exchange(one: set[str], other: set[str], fixed: frozenset[str], rng: Random) -> None:
    """Each gives the other a label that it does not have; sorted, since sets are ordered anew in every run."""
    away, back = sorted(one - other - fixed), sorted(other - one - fixed)
    if away and back:
        leaving, coming = rng.choice(away), rng.choice(back)
        one ^= {leaving, coming}
        other ^= {leaving, coming}


def joined(labels: set[str], order: Sequence[str]) -> str:
    """Labels in the order of their code list, as one cell."""
    return "; ".join(label for label in order if label in labels)


def csv_file(table: ReturnType, rows: Sequence[Cells]) -> bytes:
    """The rows as the CSV that Excel would save."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(table.columns()), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
