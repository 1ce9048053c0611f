"""What parameters a notebook takes: names, types and defaults of its ``parameters`` cell, and checks of values.

papermill logs an unknown parameter and runs on, writes some values into the notebook as code, and does
not see ``x: int | None = None``. Here the cell is parsed, and a value is refused before a kernel starts.
"""

from __future__ import annotations

import ast
import keyword
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dangjian.errors import DangjianError, nearest

TAG = "parameters"
NAMES: dict[type, str] = {str: "str", bool: "bool", int: "int", float: "float", list: "list", dict: "dict"}
_SURROGATE = re.compile("[\ud800-\udfff]")


class ParameterError(DangjianError):
    """A notebook was given a parameter that it does not take, or a value that it cannot take."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of a notebook.

    Attributes:
        kinds: names of the JSON types it takes (``str``, ``int``, ``float``, ``bool``, ``list``,
            ``dict``, ``None``); empty takes any.
        items: the types its list items may have; empty takes any.
        choices: the values it takes, where it is annotated as ``Literal[...]``.
    """

    name: str
    default: Any
    kinds: tuple[str, ...]
    items: tuple[str, ...] = ()
    choices: tuple[Any, ...] = ()

    def fault(self, value: Any) -> str | None:
        """What is wrong with a value, None where nothing is."""
        wrong = _not_json(value)
        if wrong:
            return wrong
        if self.choices:
            same = any(value == choice and type(value) is type(choice) for choice in self.choices)
            return None if same else f"must be one of {', '.join(map(repr, self.choices))}, not {value!r}"
        if self.kinds and not _is_of(value, self.kinds):
            return f"must be {' or '.join(self.kinds)}, not {_kind(value)} {_short(value)}"
        if isinstance(value, list) and self.items:
            for item in value:
                if not _is_of(item, self.items):
                    return f"must be a list of {' or '.join(self.items)}, and holds {_kind(item)} {_short(item)}"
        return None


def read_parameters(cells: list[Mapping[str, Any]], notebook: str) -> dict[str, Parameter]:
    """The parameters that a notebook takes, in their order.

    Args:
        cells: the notebook's cells; the first code cell tagged ``parameters`` is read.
        notebook: its name, for messages.
    Raises:
        ParameterError: no such cell, or one that is more than plain assignments of literals.
    """
    for cell in cells:
        if cell["cell_type"] == "code" and TAG in cell.get("metadata", {}).get("tags", []):
            source = cell["source"]
            return _parse("".join(source), notebook)
    return {}


def _parse(source: str, notebook: str) -> dict[str, Parameter]:
    try:
        body = ast.parse(source).body
    except SyntaxError as fault:
        raise ParameterError(
            f"{notebook}: the parameters cell is no Python (line {fault.lineno}): {fault.msg}"
        ) from None
    found: dict[str, Parameter] = {}
    for statement in body:
        target: ast.expr | None = None
        annotation: ast.expr | None = None
        value: ast.expr | None = None
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target, value = statement.targets[0], statement.value
        elif isinstance(statement, ast.AnnAssign):
            target, annotation, value = statement.target, statement.annotation, statement.value
        elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue  # a text that explains the cell
        if not isinstance(target, ast.Name) or value is None:
            raise ParameterError(
                f"{notebook}: line {statement.lineno} of the parameters cell is no plain `name = literal`"
            )
        found[target.id] = _parameter(target.id, annotation, value, notebook)
    return found


def _parameter(name: str, annotation: ast.expr | None, value: ast.expr, notebook: str) -> Parameter:
    try:
        default = ast.literal_eval(value)
    except ValueError:
        default = ...
    if default is ... or _not_json(default):
        raise ParameterError(f"{notebook}: the default of {name!r} is no plain literal: {ast.unparse(value)}")
    if annotation is None:
        return Parameter(name, default, () if default is None else (_kind(default),))
    kinds, items, choices = _types(annotation)
    parameter = Parameter(name, default, kinds, items, choices)
    wrong = parameter.fault(default)
    if wrong:
        raise ParameterError(f"{notebook}: the default of {name!r} {wrong}")
    return parameter


def _types(annotation: ast.expr) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Any, ...]]:
    """Types, types of list items, and choices that an annotation names; what it does not know takes any."""
    if isinstance(annotation, ast.Constant) and annotation.value is None:
        return ("None",), (), ()
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return _types(ast.parse(annotation.value, mode="eval").body)
    if isinstance(annotation, ast.Name) and annotation.id in NAMES.values():
        return (annotation.id,), (), ()
    if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
        left, right = _types(annotation.left), _types(annotation.right)
        if not left[0] or not right[0]:
            return (), (), ()
        return left[0] + right[0], left[1] + right[1], ()
    if isinstance(annotation, ast.Subscript) and isinstance(annotation.value, ast.Name):
        outer = annotation.value.id
        if outer == "Literal":
            listed = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
            choices = tuple(ast.literal_eval(choice) for choice in listed)
            return tuple(dict.fromkeys(_kind(choice) for choice in choices)), (), choices
        if outer == "Optional":
            kinds, items, _ = _types(annotation.slice)
            return (*kinds, "None") if kinds else (), items, ()
        if outer == "list":
            return ("list",), _types(annotation.slice)[0], ()
        if outer == "dict":
            return ("dict",), (), ()
    return (), (), ()


def check_values(parameters: Mapping[str, Parameter], given: Mapping[str, Any], notebook: str) -> dict[str, Any]:
    """The values as the notebook may be given them.

    Raises:
        ParameterError: a name that is not declared, with the nearest one that is, or an ill-typed value.
    """
    checked: dict[str, Any] = {}
    for name, value in given.items():
        if name not in parameters:
            listed = ", ".join(parameters) or "none at all"
            raise ParameterError(
                f"{notebook} takes no parameter {name!r}{nearest(name, parameters)}; it takes {listed}"
            )
        if not name.isidentifier() or keyword.iskeyword(name) or name.startswith("__"):
            raise ParameterError(f"{notebook}: {name!r} cannot be the name of a parameter")
        wrong = parameters[name].fault(value)
        if wrong:
            raise ParameterError(f"{notebook}: parameter {name!r} {wrong}")
        checked[name] = value
    return checked


def _kind(value: Any) -> str:
    return "None" if value is None else NAMES.get(type(value), type(value).__name__)


def _is_of(value: Any, kinds: tuple[str, ...]) -> bool:
    kind = _kind(value)
    return kind in kinds or (kind == "int" and "float" in kinds)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _not_json(value: Any) -> str | None:
    """Why a value is none that JSON can hold, None where it can."""
    if value is None or type(value) in (bool, int):
        return None
    if type(value) is str:
        return "holds half a character (a lone surrogate)" if _SURROGATE.search(value) else None
    if type(value) is float:
        return None if math.isfinite(value) else f"must be a finite number, not {value}"
    if type(value) is list:
        return next((wrong for wrong in map(_not_json, value) if wrong), None)
    if type(value) is dict:
        for key in value:
            if type(key) is not str:
                return f"must have text as keys, not {_kind(key)}"
        return next((wrong for wrong in map(_not_json, [*value, *value.values()]) if wrong), None)
    return f"must be a JSON value, not {type(value).__name__}"
