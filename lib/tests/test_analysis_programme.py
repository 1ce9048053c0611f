"""Bounds that follow: never a true value lost, and all ties together say more than one by one."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangjian.analysis.programme import solve
from dangjian.analysis.ties import Product, Sum
from dangjian.analysis.tightening import Contradiction, Ranges, on_rings, propagate
from dangjian.indicators.relations import Relation

ANY = Relation("membership.developed", "sum")


def ranges(*pairs: tuple[float, float], whole: bool = True) -> Ranges:
    return Ranges(
        {at: low for at, (low, _) in enumerate(pairs)},
        {at: high for at, (_, high) in enumerate(pairs)},
        dict.fromkeys(range(len(pairs)), whole),
    )


def pairs(found: Ranges) -> list[tuple[float, float]]:
    return [(found.lower[at], found.upper[at]) for at in found.lower]


ONE_BY_ONE = [
    # a tie, what is known, what follows
    (Sum(ANY, 0, (1, 2), True), [(126, 126), (100, 999), (1, 9)], [(126, 126), (117, 125), (1, 9)]),
    (Sum(ANY, 0, (1, 2), False), [(0, 126), (100, inf), (1, inf)], [(101, 126), (100, 125), (1, 26)]),
    (Product(ANY, 0, 1, 2, 100, 0), [(95, 96), (40, 40), (10, 99)], [(95.238, 95.238), (40, 40), (42, 42)]),
    (Product(ANY, 0, 1, 2, 100, 100), [(10, 10), (0, 9999), (200, 200)], [(10, 10), (220, 220), (200, 200)]),
    (Product(ANY, 0, 1, 2, 1, 0, False), [(-9, -1), (0, 9999), (200, 200)], [(-9, -1), (191, 199), (200, 200)]),
    (Product(ANY, 0, 1, 2, 100, 0), [(0, inf), (0, inf), (0, inf)], [(0, inf), (0, inf), (0, inf)]),
]


@pytest.mark.parametrize(("tie", "known", "follows"), ONE_BY_ONE)
def test_what_follows_from_one_tie(tie: Sum | Product, known: list, follows: list) -> None:
    found = ranges(*known)
    found.whole[0] = isinstance(tie, Sum)  # a rate need not be whole
    propagate([(7, tie)], found)
    for pair, expected in zip(pairs(found), follows, strict=True):
        assert pair == pytest.approx(expected, abs=1e-3)
    changed = [at for at, pair in enumerate(known) if pair != follows[at]]
    assert all(found.lower_by[at] | found.upper_by[at] == {7} for at in changed)


def test_a_ring_of_ties_says_more_together() -> None:
    """a + b = 10 and a - b = c, c from 2 to 4, leave a from 6 to 7; one by one they leave more."""
    ties = [(0, Sum(ANY, 0, (1, 2), True)), (1, Sum(ANY, 1, (2, 3), True))]
    known = [(10, 10), (0, 10), (0, 10), (2, 4)]
    alone, together = ranges(*known, whole=False), ranges(*known, whole=False)
    propagate(ties, alone)
    solve(ties, together)
    assert on_rings(ties, alone) == ties
    assert (together.lower[1], together.upper[1]) == pytest.approx((6, 7), abs=1e-3)
    assert alone.upper[1] - alone.lower[1] > 1.5
    assert together.lower_by[1] == together.upper_by[1] == {0, 1}


def test_what_hangs_on_a_ring_is_no_part_of_it() -> None:
    """b hangs on the ring of a and c, and d on b; a figure that is closed makes no ring."""
    ring = [(0, Sum(ANY, 0, (1, 2), True)), (1, Sum(ANY, 1, (2, 3), True))]
    hanging = [(2, Sum(ANY, 4, (3,), True)), (3, Sum(ANY, 5, (4, 6), True))]
    known = [(0, 99)] * 7
    assert on_rings([*hanging, *ring], ranges(*known)) == ring
    assert on_rings(hanging, ranges(*known)) == []
    known[2] = (5, 5)
    assert on_rings([*ring, *hanging], ranges(*known)) == []


CONTRADICTIONS = [
    ([(0, Sum(ANY, 0, (1,), False))], [(9, 9), (10, 99)]),
    # found only together: a + b = 10, a = b + c, with c above 10
    ([(0, Sum(ANY, 0, (1, 2), True)), (1, Sum(ANY, 1, (2, 3), True))], [(10, 10), (0, 10), (1, 9), (9, 20)]),
]


@pytest.mark.parametrize(("ties", "known"), CONTRADICTIONS)
def test_a_contradiction_is_told(ties: list, known: list) -> None:
    with pytest.raises(Contradiction):
        solve(ties, ranges(*known, whole=False))


counts = st.integers(1, 400)


@settings(max_examples=150, deadline=None)
@given(
    values=st.tuples(counts, counts, counts),
    rate=st.floats(0, 100),
    wide=st.lists(st.integers(0, 50), min_size=6, max_size=6),
)
def test_true_values_are_never_lost(values: tuple, rate: float, wide: list) -> None:
    """A whole, its two parts, a share that both sums and quotients turn on, and the year before."""
    one, two, before = values
    whole = one + two
    share, growth = 100 * one / whole, 100 * (whole - before) / before
    truth = [whole, one, two, share, before, growth]
    ties = [
        (0, Sum(ANY, 0, (1, 2), True)),
        (1, Product(ANY, 3, 1, 0, 100, 0)),
        (2, Product(ANY, 5, 0, 4, 100, 100)),
        (3, Sum(ANY, 0, (1,), False)),
    ]
    known = ranges(*((value - wide[at], value + wide[at] * rate / 100) for at, value in enumerate(truth)), whole=False)
    known = Ranges({at: low if at == 5 else max(low, 0.0) for at, low in known.lower.items()}, known.upper, known.whole)
    known.whole.update({0: True, 1: True, 2: True, 4: True})
    known = Ranges(known.lower, known.upper, known.whole)
    before_ends = pairs(known)
    solve(ties, known)
    for value, (low, high), (least, most) in zip(truth, pairs(known), before_ends, strict=True):
        assert low - 1e-6 <= value <= high + 1e-6
        assert low >= least - 1e-6 and high <= most + 1e-6
