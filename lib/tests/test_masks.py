"""How masks read: asked for, or told from the report itself, with the evidence."""

import pytest
from known_faults import marked, params
from sentences import hold

from dangjian.quantities.masks import read_masks
from dangjian.quantities.scan import scan

AUTO = [
    # the report, what each of its mask characters reads as
    ("****年发展党员**名。", {"*": "digits"}),  # a masked year four wide
    ("20**年发展党员**名。", {"*": "digits"}),
    ("发展党员*名，培训**期，走访***户。", {"*": "digits"}),  # three widths before measure words
    ("发展党员*名，培训**期，走访***户，***年工作。", {"*": "unknown"}),  # a masked year contradicts
    ("XX年发展党员XX名，培训X期，走访XXX户。", {"X": "unknown"}),
    ("发展党员XX名，培训XX期，走访XX户。", {"X": "unknown"}),
    ("发展党员**名，培训***期。", {"*": "unknown"}),
    ("发展党员1XX名，占28.47%。", {"X": "unknown"}),
    ("****年发展党员**名，受理来信××件。", {"*": "digits", "×": "unknown"}),  # each character for itself
    ("●●●●年发展党员●●名。", {"●": "digits"}),
    ("□□□□年发展党员□□名，走访**户。", {"□": "digits", "*": "unknown"}),
    ("发展党员128名。", {}),
    ("**区召开大会。", {}),  # a name tells nothing
]

UNKNOWN = [
    ("发展党员{[**]名}。", (0, None, "名")),
    ("发展党员{[1**]名}。", (0, None, "名")),
    ("发展党员{[128]名}。", (128, 128, "名")),  # nothing is hidden
    ("参学率为{[**.*]%}。", (0, 100, "%")),
    ("参学率为{[**]%以上}。", (0, 100, "%", "at_least")),
    ("参学人次同比增长{[**]%}。", (0, None, "%", "exact", "increase")),
    ("拨付经费{[**万]元}。", (0, None, "元")),
    ("投诉下降{*成}。", (0, None, "%", "exact", "decrease")),
    ("好评占{*成}。", (0, 100, "%")),
    ("走访群众{[***]余户}。", (0, None, "户", "more")),
    ("走访群众{近[***]户}。", (0, None, "户", "nearly")),
    ("走访群众{约[***]户}。", (0, None, "户", "about")),
    ("走访群众{不少于[***]户}。", (0, None, "户", "at_least")),
    ("走访群众{不足[***]户}。", (0, None, "户", "at_most")),
    ("每村{*至*名}。", (0, None, "名")),
    ("开展{[**]}、{[*]}、{[*]期}。", (0, None, "期"), (0, None, "期"), (0, None, "期")),
]


@pytest.mark.parametrize(("text", "readings"), params(AUTO))
def test_auto_decides_from_the_report(text, readings):
    found = read_masks(text)
    assert {mask.sign: mask.reading for mask in found} == readings
    assert all(mask.evidence for mask in found)
    assert scan(text).masks == found  # the scan keeps the decision


@pytest.mark.parametrize(("marked", "figures"), marked(UNKNOWN))
def test_a_placeholder_is_any_number(marked, figures):
    hold(marked, *figures, mask="unknown")


def test_each_mask_character_is_read_in_its_own_way():
    hold(
        "****年发展党员{[**]名}，受理来信{[××]件}，办结率{[××.×]%}。",
        (10, 99, "名"), (0, None, "件"), (0, 100, "%"), mask="auto",
    )  # fmt: skip


def test_what_is_asked_for_is_not_decided():
    assert {mask.reading for mask in read_masks("XX年发展XX名", "digits")} == {"digits"}
    assert {mask.reading for mask in read_masks("****年发展**名", "unknown")} == {"unknown"}


@pytest.mark.parametrize("mask", ["auto", "digits", "unknown"])
def test_the_mask_changes_bounds_never_what_is_found(mask):
    text = "****年发展党员**名，参学率**.*%，其中××期、××余场，近**个，**至***名，约**万元。**区。"
    found = scan(text, mask=mask).quantities
    assert [(q.start, q.end, q.number, q.unit, q.modality, q.masked) for q in found] == [
        (q.start, q.end, q.number, q.unit, q.modality, q.masked) for q in scan(text, mask="digits").quantities
    ]


def test_another_word_for_mask_is_refused():
    with pytest.raises(ValueError, match="auto, digits, unknown"):
        read_masks("**名", "exact")
