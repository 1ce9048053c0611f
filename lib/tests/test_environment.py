"""environment.yml and the locks say what pyproject.toml says."""

import importlib.util
import re
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from rattler import MatchSpec
from rattler.exceptions import InvalidMatchSpecError

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ENVIRONMENT = (ROOT / "environment.yml").read_text(encoding="utf-8")
LOCKS = {name: (ROOT / f"requirements/{name}.lock").read_text(encoding="utf-8") for name in ("build", "run", "all")}

PROJECT, GROUPS = PYPROJECT["project"], PYPROJECT["dependency-groups"]
RUN = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["run"], *PROJECT["optional-dependencies"]["docs"]]
ALL = [*RUN, *PROJECT["optional-dependencies"]["lab"], *GROUPS["dev"]]


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / f"scripts/{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def conda_lines() -> list[str]:
    return [line for line in yaml.safe_load(ENVIRONMENT)["dependencies"] if isinstance(line, str)]


def pip_lines() -> list[str]:
    return [
        line
        for group in yaml.safe_load(ENVIRONMENT)["dependencies"]
        if isinstance(group, dict)
        for line in group["pip"]
    ]


def pins(lock: str) -> list[tuple[str, Version]]:
    """Each name of a lock with its version; a name may come twice, for older and newer Pythons."""
    return [(canonicalize_name(name), Version(pin)) for name, pin in re.findall(r"^(\S+)==(\S+)", lock, re.MULTILINE)]


def test_the_file_is_the_one_that_make_environment_writes() -> None:
    assert script("environment").environment(PYPROJECT) == ENVIRONMENT, "run `make environment`"


@pytest.mark.parametrize("line", conda_lines())
def test_conda_reads_each_line(line: str) -> None:
    MatchSpec(line, strict=True)


@pytest.mark.parametrize("line", ["pandas>==3", "pandas=>3", "great tables", "pandas[extra]>=3"])
def test_the_parse_is_strict(line: str) -> None:
    with pytest.raises(InvalidMatchSpecError):
        MatchSpec(line, strict=True)


def test_names_and_floors_are_those_of_pyproject() -> None:
    by_conda_name = {conda: name for name, conda in PYPROJECT["tool"]["dangjian"]["conda"]["names"].items()}
    said = {}
    for line in [*conda_lines(), *(line for line in pip_lines() if line != "-e .")]:
        requirement = Requirement(line)
        said[by_conda_name.get(requirement.name, requirement.name)] = requirement.specifier
    wanted = {Requirement(line).name: Requirement(line).specifier for line in ALL}
    assert said == wanted | {
        "python": Requirement("python" + PROJECT["requires-python"]).specifier,
        "pip": Requirement("pip").specifier,
    }


def test_pip_adds_the_project_itself() -> None:
    assert "-e ." in pip_lines()


@pytest.mark.parametrize("line", ["papermill[s3]>=2", "jieba>=0.42; python_version < '3.12'", ">=3"])
def test_what_conda_cannot_carry_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="conda cannot take it"):
        script("environment").split(line)


@pytest.mark.parametrize(("lock", "wanted"), [("build", GROUPS["build"]), ("run", RUN), ("all", ALL)])
def test_a_lock_pins_every_package_at_or_above_its_floor(lock: str, wanted: list[str]) -> None:
    pinned = pins(LOCKS[lock])
    for line in wanted:
        requirement = Requirement(line)
        versions = [version for name, version in pinned if name == canonicalize_name(requirement.name)]
        assert versions, f"{line} is not in requirements/{lock}.lock: run `make lock`"
        assert all(version in requirement.specifier for version in versions), f"{line}: run `make lock`"


def test_the_two_sets_agree() -> None:
    assert set(pins(LOCKS["run"])) <= set(pins(LOCKS["all"]))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_hashes_and_no_address(lock: str) -> None:
    assert "://" not in LOCKS[lock]
    assert not re.search(r"^\s*-", LOCKS[lock].replace("--hash=sha256:", ""), re.MULTILINE), "an option of pip"
    entries = re.split(r"^(?=\w)", LOCKS[lock], flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)
