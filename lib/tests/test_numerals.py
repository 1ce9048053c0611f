"""Numerals as reports write them, each within its bounds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_faults import params

from dangjian.bounds import UNKNOWN, Bounds
from dangjian.quantities.numerals import DIGITS, HIDDEN, read_chinese, read_digits

DIGITS_READ = [
    # written, lower, upper, size of the last place that is not zero, hidden digits taken for zeros
    ("0", 0, 0, 1),
    ("7", 7, 7, 1),
    ("128", 128, 128, 1),
    ("500", 500, 500, 100),
    ("1200", 1200, 1200, 100),
    ("12,345", 12345, 12345, 1),
    ("1,200,000", 1200000, 1200000, 100000),
    ("１２８", 128, 128, 1),
    ("１，２８６", 1286, 1286, 1),
    ("1 2 8", 128, 128, 1),
    ("12\n8", 128, 128, 1),
    ("1\u00a0286", 1286, 1286, 1),
    ("3.5", 3.5, 3.5, 0.1),
    ("３．５", 3.5, 3.5, 0.1),
    ("99.25", 99.25, 99.25, 0.01),
    ("0.8", 0.8, 0.8, 0.1),
    ("*", 1, 9, 1),
    ("**", 10, 99, 10),
    ("***", 100, 999, 100),
    ("1**", 100, 199, 100),
    ("*5*", 150, 959, 10),
    ("**0", 100, 990, 100),
    ("*,***", 1000, 9999, 1000),
    ("1,2**", 1200, 1299, 100),
    ("**.*", 10.0, 99.9, 0.1),
    ("*.**", 1.0, 9.99, 0.01),
    ("9*.*", 90.0, 99.9, 0.1),
    ("0.*", 0.0, 0.9, 0.1),
    ("* *", 10, 99, 10),
    *((sign * 3, 100, 999, 100) for sign in HIDDEN),
]

NO_DIGITS = ["1.2.3", "..", "9" * 25, "*" * 25, "1.*.*", "a", "*a"]

CHINESE_READ = [
    # written, lower, upper
    ("零", 0, 0),
    ("一", 1, 1),
    ("两", 2, 2),
    ("十", 10, 10),
    ("十二", 12, 12),
    ("二十", 20, 20),
    ("廿", 20, 20),
    ("廿五", 25, 25),
    ("卅", 30, 30),
    ("三十六", 36, 36),
    ("一百", 100, 100),
    ("一百零五", 105, 105),
    ("一百〇五", 105, 105),
    ("一百一", 110, 110),  # the last digit stands for the place below
    ("一百二十", 120, 120),
    ("一百二十三", 123, 123),
    ("两百五", 250, 250),
    ("一千零五", 1005, 1005),
    ("一千零五十", 1050, 1050),
    ("一千二", 1200, 1200),
    ("三千四百", 3400, 3400),
    ("一万", 10000, 10000),
    ("一万二", 12000, 12000),
    ("一万零三十", 10030, 10030),
    ("两万三千", 23000, 23000),
    ("十二万", 120000, 120000),
    ("三十五万六千", 356000, 356000),
    ("一百万", 1e6, 1e6),
    ("一千二百万", 1.2e7, 1.2e7),
    ("一亿", 1e8, 1e8),
    ("三亿五千万", 3.5e8, 3.5e8),
    ("十四亿", 1.4e9, 1.4e9),
    ("一万亿", 1e12, 1e12),
    ("一点五", 1.5, 1.5),
    ("九十八点六", 98.6, 98.6),
    ("拾贰", 12, 12),
    ("叁佰伍拾", 350, 350),
    ("壹仟贰佰", 1200, 1200),
    ("一二三", 123, 123),  # digit by digit
    ("二〇", 20, 20),
    ("二○二", 202, 202),
    ("七八", 7, 8),
    ("三四十", 30, 40),
    ("五六百", 500, 600),
    ("四五万", 40000, 50000),
    ("十七八", 17, 18),
    ("三 十 六", 36, 36),
    ("三\n十六", 36, 36),
]

NO_CHINESE = ["", "三五", "点五", "三点", "一" * 25]

PLACES = [
    # written, size of the last place that is not zero
    ("十", 10),
    ("三十", 10),
    ("三十六", 1),
    ("三百", 100),
    ("三百二十", 10),
    ("一千", 1000),
    ("一千二百", 100),
    ("一万", 10000),
    ("十万", 100000),
    ("一万二", 1000),
    ("三千四百万", 1000000),
]


@pytest.mark.parametrize(("written", "lower", "upper", "place"), params(DIGITS_READ))
def test_read_digits(written, lower, upper, place):
    numeral = read_digits(written)
    assert numeral.bounds == Bounds(lower, upper)
    assert numeral.place == pytest.approx(place)
    assert numeral.masked is any(sign in HIDDEN for sign in written)


@pytest.mark.parametrize("written", params(NO_DIGITS))
def test_what_is_no_number_is_not_guessed_at(written):
    assert read_digits(written) is None


@pytest.mark.parametrize("written", ["*", "1**", "**.*", "＊＊", "某"])
def test_a_mask_of_unknown_width_hides_any_number(written):
    assert read_digits(written, known_width=False).bounds == UNKNOWN


def test_a_number_that_shows_does_not_ask_for_the_width():
    assert read_digits("128", known_width=False).bounds == Bounds(128, 128)


@pytest.mark.parametrize(("written", "shown"), [("**", False), ("1*", True), ("12", True), ("*.5", True)])
def test_whether_a_digit_shows(written, shown):
    assert read_digits(written).shown is shown


@pytest.mark.parametrize(("written", "lower", "upper"), params(CHINESE_READ))
def test_read_chinese(written, lower, upper):
    assert read_chinese(written).bounds == Bounds(lower, upper)


@pytest.mark.parametrize("written", params(NO_CHINESE))
def test_what_is_no_chinese_numeral(written):
    assert read_chinese(written) is None


@pytest.mark.parametrize(("written", "place"), params(PLACES))
def test_last_place(written, place):
    assert read_chinese(written).place == place


def in_chinese(number: int) -> str:
    """A number below 10**8 as a clerk spells it: 10503 is 一万零五百零三."""
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        return in_chinese(high) + "万" + ("" if not low else ("零" if low < 1000 else "") + in_chinese(low))
    written, zero = "", False
    for place, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, size)
        if digit:
            written += ("零" if zero else "") + "零一二三四五六七八九"[digit] + place
        zero = bool(written) and not digit
    return written


@given(st.integers(1, 10**8 - 1))
@settings(max_examples=200, deadline=None)
def test_what_a_clerk_spells_out_reads_back(number):
    assert read_chinese(in_chinese(number)).bounds == Bounds(number, number)


@given(number=st.integers(1, 10**9), data=st.data())
@settings(max_examples=100, deadline=None)
def test_hiding_digits_never_loses_the_number(number, data):
    hide = data.draw(st.sets(st.integers(0, len(str(number)) - 1)))
    sign = data.draw(st.sampled_from(HIDDEN))
    written = "".join(sign if at in hide else digit for at, digit in enumerate(str(number)))
    assert number in read_digits(written).bounds


@given(st.text("".join(DIGITS) + "十百千万亿廿卅点壹拾 \n", max_size=12))
@settings(max_examples=200, deadline=None)
def test_any_run_of_numerals_is_read_or_not_never_worse(written):
    numeral = read_chinese(written)
    assert numeral is None or 0 <= numeral.bounds.lower <= numeral.bounds.top


@given(st.text(HIDDEN + "0123456789.,，．０９ \n", max_size=14))
@settings(max_examples=200, deadline=None)
def test_any_run_of_digits_is_read_or_not_never_worse(written):
    numeral = read_digits(written)
    assert numeral is None or 0 <= numeral.bounds.lower <= numeral.bounds.top


RAISE_NOTHING = ["廿两三", "两三十", "一二三四十", "千百", "万万", "亿万", "零零", "十十", "一万二千万", "点", "半"]


@pytest.mark.parametrize("written", params(RAISE_NOTHING))
def test_a_jumble_of_numerals_raises_nothing(written):
    numeral = read_chinese(written)
    assert numeral is None or 0 <= numeral.bounds.lower <= numeral.bounds.top
