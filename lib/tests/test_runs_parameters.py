"""What a parameters cell says, and which values it lets in."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_notebooks import saved

from dangjian.runs.notebook import run_notebook
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


EXACT = [
    "", "'", '"', '"""', "\\", "\\n", "换\n行", "\r\n", "\t", "\0", "\x7f", "\u2028", "\u2029", "\x85", "\u202e",
    "\ufeff", "\U0001f600", "x = 1; import os", "{x}", "{x.__class__}", "${HOME}", "$(id)", "`id`", "%s %(x)s", "None",
    "True", "inf", "1e5", "007", "<script>1</script>", "# cell", "%%bash\nid", "!id", "=1+1", "=" * 5_000,
    None, True, 0, -1, 2**70, 1e300, 0.1, [], {}, ["'", {"a": [None, "\n"]}],
]  # fmt: skip
"""Values that a notebook gets exactly as they are."""
NEVER = [
    float("inf"), float("-inf"), float("nan"), ('"; import os; "',), b"x", {1, 2}, 1j, "\ud800", ["\udfff"], {1: "x"},
    {"\ud800": 1}, Path("x"), Decimal(1), date(2021, 1, 1), datetime(2021, 1, 1), np.int64(1), np.float64(1),
    np.float32(1), np.bool_(True), np.array([1]), object(), len, ...,
]  # fmt: skip
"""Values that no notebook is given: as code, or as another type, they would be something else there."""


@pytest.mark.parametrize("value", NEVER, ids=lambda value: ascii(value).split(" at 0x")[0][:40])
def test_what_would_run_or_change_is_refused_before_a_kernel_starts(value, tmp_path):
    notebook = saved(tmp_path, "n", "par: x = None", "1 / 0")
    with pytest.raises(ParameterError, match="parameter 'x'"):
        run_notebook(notebook, tmp_path / "out.ipynb", {"x": value})
    assert not (tmp_path / "out.ipynb").exists()


@pytest.mark.parametrize("name", ["x; import os", "__builtins__", "class", "x.y", "y", "", "x\n", "ｘ"])
def test_a_name_that_is_not_declared_is_refused_before_a_kernel_starts(name, tmp_path):
    notebook = saved(tmp_path, "n", "par: x = None", "1 / 0")
    with pytest.raises(ParameterError, match="takes no parameter"):
        run_notebook(notebook, tmp_path / "out.ipynb", {name: 1})
    assert not (tmp_path / "out.ipynb").exists()


def test_values_reach_a_notebook_exactly(tmp_path):
    place = tmp_path / "got.json"
    code = f"import json\nopen({str(place)!r}, 'w', encoding='utf-8').write(json.dumps([several, one, none]))"
    notebook = saved(tmp_path, "n", 'par: several = []\none = ""\nnone: str | None = "x"', code)
    given = {"several": EXACT, "one": '\n\'"\\"""; import os; os._exit(3)', "none": None}
    run = run_notebook(notebook, tmp_path / "out.ipynb", given)
    assert run.done, run.error
    got = json.loads(place.read_text("utf-8"))
    assert got == [given["several"], given["one"], None]
    assert [type(value) for value in got[0]] == [type(value) for value in EXACT]


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
