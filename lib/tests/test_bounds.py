"""Bounds hold for every value inside their operands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian.bounds import UNKNOWN, Bounds, exactly

values = st.floats(0, 1e9, allow_nan=False)


@st.composite
def bounds_with_value(draw: st.DrawFn) -> tuple[Bounds, float]:
    low, value, high = sorted(draw(st.tuples(values, values, values)))
    return Bounds(low, draw(st.sampled_from([high, None]))), value


@given(bounds_with_value(), bounds_with_value())
def test_arithmetic_keeps_the_true_result(first, second):
    (a, x), (b, y) = first, second
    slack = 1e-6 * (1 + x + y)

    def holds(bounds, value):
        return bounds.lower - slack <= value <= bounds.top + slack

    assert holds(a.plus(b), x + y)
    assert holds(a.minus(b), x - y)
    assert a.times(b).lower <= x * y * (1 + 1e-9) and x * y <= a.times(b).top * (1 + 1e-9)
    if y > 0:
        assert a.over(b).lower <= x / y * (1 + 1e-9) and x / y <= a.over(b).top * (1 + 1e-9)
    assert x in a.hull(b) and y in a.hull(b)


@given(bounds_with_value(), bounds_with_value())
def test_what_is_said_of_an_order_is_true(first, second):
    (a, x), (b, y) = first, second
    said = a.against(b)
    assert {"higher": x > y, "lower": x < y, "equal": x == y, "cannot tell": True}[said]


@given(bounds_with_value(), bounds_with_value())
def test_meet_loses_nothing_both_allow(first, second):
    (a, x), (b, _) = first, second
    if x in b:
        met = a.meet(b)
        assert met is not None and x in met


@pytest.mark.parametrize(
    ("bounds", "most", "capped"),
    [
        (Bounds(95, None), 100, Bounds(95, 100)),
        (Bounds(100.7, 100.7), 100, Bounds(100.7, 100.7)),  # a completion of over 100 that shows its digits stays
        (Bounds(85.5, 104.5), 100, Bounds(85.5, 100)),
    ],
)
def test_capped(bounds, most, capped):
    assert bounds.capped(most) == capped


def test_value_is_known_only_where_the_bounds_meet():
    assert exactly(7).value == 7
    assert Bounds(1, 9).value is None
    assert UNKNOWN.value is None and UNKNOWN.width == float("inf")
