"""environment.yml for conda users, made from pyproject.toml: the same packages, the same floors, conda-forge's names.

Run by `make environment`; lib/tests/test_environment.py holds the file to it.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HEADER = "# Made from pyproject.toml by `make environment`; change that file, not this one.\n"


def split(requirement: str) -> tuple[str, str]:
    """A requirement's name and its version range: `pandas>=3.0` gives `("pandas", ">=3.0")`.

    Raises ValueError for extras and markers, which a conda line cannot carry.
    """
    match = re.fullmatch(r"([A-Za-z0-9._-]+)\s*((?:[<>=!~]=?[^;\[]+)?)", requirement)
    if match is None:
        raise ValueError(f"pyproject.toml: {requirement!r} is not a name and a version range, so conda cannot take it")
    return match[1].lower(), match[2].replace(" ", "")


def requirements(pyproject: dict[str, Any]) -> dict[str, str]:
    """Version range of every package that running, exploring and testing need, by its PyPI name, sorted."""
    project = pyproject["project"]
    extras = project["optional-dependencies"]
    wanted = [
        *project["dependencies"],
        *extras["run"],
        *extras["docs"],
        *extras["lab"],
        *pyproject["dependency-groups"]["dev"],
    ]
    return dict(sorted(split(requirement) for requirement in wanted))


def environment(pyproject: dict[str, Any]) -> str:
    """The text of environment.yml."""
    conda = pyproject["tool"]["dangjian"]["conda"]
    needed = requirements(pyproject)
    lines = [f"python{pyproject['project']['requires-python']}"]
    lines += [conda["names"].get(name, name) + floor for name, floor in needed.items() if name not in conda["pip-only"]]
    by_pip = [name + floor for name, floor in needed.items() if name in conda["pip-only"]]
    return (
        f"{HEADER}name: {pyproject['project']['name']}\n"
        "channels:\n  - conda-forge\n  - nodefaults\n"
        "dependencies:\n"
        + "".join(f"  - {line}\n" for line in [*lines, "pip"])
        + "  - pip:\n"
        + "".join(f"      - {line}\n" for line in [*by_pip, "-e ."])
    )


def main() -> None:
    """Write environment.yml beside pyproject.toml."""
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (ROOT / "environment.yml").write_text(environment(pyproject), encoding="utf-8")


if __name__ == "__main__":
    main()
