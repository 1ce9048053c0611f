"""Relations as the catalogue declares them, and what is wrong with one that is declared badly."""

from __future__ import annotations

import pytest

from dangjian.errors import CatalogueError
from dangjian.indicators.catalogue import Catalogue, parse
from dangjian.indicators.relations import KEYS, read_relations, relations

ENTRIES = """
theme = "membership"
[[indicator]]
id = "membership.members"
title = "党员总数"
title_en = "Members"
kind = "count"
cues = ["党员"]
dims = ["group"]
[[indicator]]
id = "membership.members_share"
title = "比例"
title_en = "Share"
kind = "share"
cues = ["占"]
dims = ["group"]
[[indicator.check]]
"""


def declared(check: str) -> tuple:
    _, entries = parse(ENTRIES + check, "membership.toml")
    return read_relations(Catalogue(tuple(entries), {}))


def test_the_catalogue_declares_every_kind() -> None:
    assert {relation.kind for relation in relations()} == set(KEYS)


def test_a_relation_names_all_that_it_ties() -> None:
    found = declared('kind = "quotient"\nof = "membership.members"\nby = "membership.members"\nwithin = "group"')[0]
    assert found.roles == ("membership.members_share", "membership.members")
    assert (found.within, found.plan) == ("group", False)


WRONG = [
    # the declaration, the key that is named, a word of the reason
    ('kind = "product"', "check.kind", "repeat, sum"),
    ('kind = "sum"', "check.dim", "missing"),
    ('kind = "sum"\ndim = "level"', "check.dim", "no dimension"),
    ('kind = "sum"\ndim = "group"\ndisjoint = ["工人"]', "check.disjoint", "产业工人"),
    ('kind = "repeat"\nof = "membership.members"', "check.of", "no key"),
    ('kind = "change"\nof = "membership.member"', "check.of", "no indicator"),
    ('kind = "difference"\nparts = ["membership.left"]', "check.parts", "no indicator"),
    (
        'kind = "quotient"\nof = "membership.members"\nby = "membership.members"\nwithin = "mode"',
        "check.within",
        "no dimension",
    ),
]


@pytest.mark.parametrize(("check", "key", "reason"), WRONG)
def test_a_wrong_declaration_is_named_with_file_id_and_key(check: str, key: str, reason: str) -> None:
    with pytest.raises(CatalogueError, match=reason) as fault:
        declared(check)
    assert (fault.value.file, fault.value.entry, fault.value.key) == (
        "membership.toml",
        "membership.members_share",
        key,
    )
