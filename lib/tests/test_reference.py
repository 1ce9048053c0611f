"""Two readers that share nothing read alike: the scan, and one that goes character by character."""

import pytest
from differing import differing
from reference_reader import read
from sentences import unmark

TABLE = [
    # the contract's table: what is marked, then lower, upper, unit (modality, change)
    ("招收{*名}，", (1, 9, "名")),
    ("招收{***名}，", (100, 999, "名")),
    ("招收{1**名}，", (100, 199, "名")),
    ("出勤率{**.*%}，", (10.0, 99.9, "%")),
    ("出勤率{***%}，", (100, 100, "%")),
    ("投诉增长{***%}，", (100, 999, "%", "exact", "increase")),
    ("满意率提升{***%}，", (100, 100, "%", "exact", "increase")),
    ("出勤率{**%以上}，", (10, 100, "%", "at_least")),
    ("完成率{100.7%}，", (100.7, 100.7, "%")),
    ("印发{*万册}，", (10_000, 90_000, "册")),
    ("印发{*万余册}，", (10_000, 99_999, "册", "more")),
    ("慰问{***余名}，", (100, 999, "名", "more")),
    ("慰问{500余名}，", (500, 599, "名", "more")),
    ("点播{220多万次}，", (2.2e6, 2_299_999, "次", "more")),
    ("常住{1.5万多人}，", (15_000, 15_999, "人", "more")),
    ("办理{千余件}，巡演{百余场}，", (1_000, 1_999, "件", "more"), (100, 199, "场", "more")),
    ("巡演{近百场次}，争取{近5亿元}，", (90, 100, "场次", "nearly"), (4.5e8, 5e8, "元", "nearly")),
    ("到场{约300人}，", (270, 330, "人", "about")),
    ("人均{32学时以上}，人均{不少于32学时}，", *[(32, None, "学时", "at_least")] * 2),
    ("来件{不足20件}，", (0, 20, "件", "at_most")),
    ("到场{数百人}，{几十人}，{上千人}，", *((a, b, "人", "about") for a, b in ((200, 999), (20, 99), (1_000, 9_999)))),
    ("走访{十来家}，", (9, 11, "家", "about")),
    ("配备{3至5名}，占{10%—15%}，", (3, 5, "名"), (10, 15, "%")),
    ("占{三分之二}，占{百分之九十五}，占{九成}，占{半数}，占{一半}，", *((v, v, "%") for v in (66.67, 95, 90, 50, 50))),
    ("表决{过半}，", (50, 100, "%", "at_least")),
    ("发展{一百二十名}，帮扶{两家}，举办{十二期}，", (120, 120, "名"), (2, 2, "家"), (12, 12, "期")),
    ("在册{12,345人}，转入{１２名}，", (12_345, 12_345, "人"), (12, 12, "名")),
    # spans, lists, levels, noise
    ("拨付{237054.47 万元}，", (2_370_544_700, 2_370_544_700, "元")),
    ("分别下降{13.2}、{5.6}、{0.7个百分点}，", *((v, v, "百分点", "exact", "decrease") for v in (13.2, 5.6, 0.7))),
    ("覆盖面由{82%}提升至{96%}，", (82, 82, "%"), (96, 96, "%")),
    ("连续{*个季度}，", (1, 9, "季度")),
    ("发展{1 2 8 个}，发展{12\n8个}，发展{2〇8个}，", (128, 128, "个"), (128, 128, "个"), (208, 208, "个")),
    # what the table leaves to arithmetic: 余 on digits of which some hide, on the largest they may be
    ("慰问{5*0余名}，慰问{1*50*余名}，", (500, 599, "名", "more"), (10_500, 19_599, "名", "more")),
    ("补助{约****余万元}，", (9e6, 109_999_998.9, "元", "about")),
]
NOTHING = [
    "2022年，****年度，7月1日，", "第九轮，十一届，（二），一是，", "〔2022〕15号，", "二十大，“两个维护”，三会一课，",
    "**区，**日报，其中**荣登，**项目，H*，", "3人以上的律师事务所，", "三级书记，市县两级，后两项，三件事，",
    "每月至少开展2次，", "一批，多场次，若干，", "近3年，三年行动，建党一百周年，1∶350，7×24小时，35岁及以下，",
]  # fmt: skip


@pytest.mark.parametrize(("marked", "figures"), [(row[0], row[1:]) for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_reference_reads_the_contract_s_table(marked, figures):
    text, spans = unmark(marked)
    found = [
        (f.start, f.end, f.lower, None if f.upper is None else pytest.approx(f.upper), f.unit, f.modality, f.change)
        for f in read(text)
    ]
    wanted = [
        (start, end, pytest.approx(lower), upper, unit, *(*rest, *("exact", None)[len(rest) :]))
        for (start, end, _), (lower, upper, unit, *rest) in zip(spans, figures, strict=True)
    ]
    assert found == wanted


@pytest.mark.parametrize("text", NOTHING)
def test_the_reference_leaves_out_what_measures_nothing(text):
    assert read(text) == []


@pytest.mark.parametrize("seed", range(10))
def test_the_scan_reads_as_the_reference_does(seed):
    assert differing(f"made {seed}", 5_000) == []
