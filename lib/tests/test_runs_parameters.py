"""What a parameters cell says, and which values it lets in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian.runs.parameters import ParameterError, check_values, read_parameters

CELL = '''
"""What the notebook is run with."""
reports: str = "../data/reports"  # folder or file
metrics = ""
years: list[int] = []
district: str | None = None
mask: Literal["auto", "digits", "unknown"] = "auto"
limit: float = 0.5
strict = True
'''


def parameters(source: str = CELL):
    cell = {"cell_type": "code", "source": source, "metadata": {"tags": ["parameters"]}}
    return read_parameters([{"cell_type": "markdown", "source": "# 题"}, cell], "02.ipynb")


def test_names_and_defaults_in_their_order():
    found = parameters()
    assert {name: parameter.default for name, parameter in found.items()} == {
        "reports": "../data/reports",
        "metrics": "",
        "years": [],
        "district": None,
        "mask": "auto",
        "limit": 0.5,
        "strict": True,
    }


def test_a_notebook_without_the_cell_takes_nothing():
    assert read_parameters([{"cell_type": "code", "source": "x = 1", "metadata": {}}], "a.ipynb") == {}
    with pytest.raises(ParameterError, match="takes no parameter 'x'; it takes none at all"):
        check_values({}, {"x": 1}, "a.ipynb")


TAKEN = [
    ("reports", "衡川区"),
    ("reports", "\"; import os; '"),  # code as text stays text
    ("years", [2021, 2022]),
    ("years", []),
    ("district", None),
    ("district", "衡川"),
    ("mask", "digits"),
    ("limit", 1),
    ("strict", False),
]


@pytest.mark.parametrize(("name", "value"), TAKEN)
def test_taken(name, value):
    assert check_values(parameters(), {name: value}, "02.ipynb") == {name: value}


REFUSED = [
    # name, value, what the message says
    ("report", "x", "takes no parameter 'report' (did you mean 'reports'?)"),
    ("x; import os", 1, "takes no parameter"),
    ("__builtins__", 1, "takes no parameter"),
    ("reports", 7, "must be str, not int 7"),
    ("reports", None, "must be str, not None"),
    ("reports", "\ud800", "lone surrogate"),
    ("reports", b"x", "must be a JSON value, not bytes"),
    ("years", (2021,), "must be a JSON value, not tuple"),
    ("years", [2021, "2022"], "must be a list of int, and holds str '2022'"),
    ("years", [2021, [b"x"]], "must be a JSON value, not bytes"),
    ("years", "2021", "must be list, not str '2021'"),
    ("mask", "stars", "must be one of 'auto', 'digits', 'unknown', not 'stars'"),
    ("limit", float("nan"), "must be a finite number"),
    ("limit", True, "must be float, not bool True"),
    ("strict", 1, "must be bool, not int 1"),
]


@pytest.mark.parametrize(("name", "value", "message"), REFUSED)
def test_refused(name, value, message):
    with pytest.raises(ParameterError) as fault:
        check_values(parameters(), {name: value}, "02.ipynb")
    assert message in str(fault.value)
    assert str(fault.value).startswith("02.ipynb")


NO_LITERALS = [
    "x = y",
    "x = [i for i in y]",
    "import os",
    "x, y = 1, 2",
    "x = (1, 2)",
    "x: int = 'a'",
    "x: int",
    "x = (",
]


@pytest.mark.parametrize("source", NO_LITERALS)
def test_a_cell_of_more_than_plain_literals_is_refused(source):
    with pytest.raises(ParameterError, match=r"02\.ipynb"):
        parameters(source)


@given(
    value=st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists)
    | st.dictionaries(st.text(), st.text())
)
def test_an_untyped_none_takes_every_json_value_as_it_is(value):
    assert check_values(parameters("x = None"), {"x": value}, "n")["x"] is value
