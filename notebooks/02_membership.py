# ---
# jupyter:
#   jupytext:
#     notebook_metadata_filter: kernelspec,dangjian,-jupytext.text_representation
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 发展党员
#
# **问题：** 各地每年发展了多少党员？计划完成得怎样？发展了哪些人？申请人、积极分子与发展党员之间是什么比例？与全国相比如何？
#
# **读什么：** 工作报告里的发展党员数、计划完成率、分群体的数字、入党申请人、积极分子和发展对象，以及全国历年公布的数字。
#
# **不能说明什么：** 报告没有写的不等于没有；群体之间有交叉，各群体相加不等于总数；被遮蔽的数字只知道范围。

# %% tags=["parameters"]
reports = "../data/reports"  # 报告所在文件夹，或一份报告
metrics = ""  # 已存的指标表；给了它就不再读报告
district = ""  # 只看一个地区；空为全部
years = []  # 只看这些年份的报告；空为全部
mask = "auto"  # 遮蔽数字的读法：auto、digits 或 unknown
lang = "zh"  # 句子、表头和图例的语言：zh 或 en

# %% [markdown]
# ## 读入
#
# 下面一格打开报告并得到指标表：一行一个数字，`lower` 与 `upper` 是真值的下限和上限。被遮蔽的数字怎样读，由 `mask` 决定。

# %%
from IPython.display import Markdown

import dangjian
from dangjian import analysis, charts, wording

corpus, table = dangjian.open_table(reports, metrics, mask=mask, district=district, years=years)
charts.apply(lang)
Markdown(wording.plain(wording.provenance(corpus, table)))

# %% [markdown]
# ## 每年发展多少党员？
#
# **图怎么看。** 圆点是确数；横条或竖条是范围，真值可能在条内任何一处，条中间没有特别的意义；斜纹表示数字被发布者遮蔽；箭头表示不设上限；“未述及”表示报告没有说，不是零。两个范围有重叠时，只说“无法判断”。

# %%
developed = analysis.by_year(table, "membership.developed")
charts.years(developed, source=wording.source(developed, corpus))

# %% [markdown]
# 逐个地区把最早一年与最后一年相比。只有两个范围完全分开，才说上升或下降。

# %%
wording.FindingList(developed)

# %% [markdown]
# 同样的数字列成表。

# %%
wording.year_table(developed)

# %% [markdown]
# ## 计划完成了多少？
#
# 计划完成率以报告自己的说法为准。全年计划是上限，所以被遮蔽的完成率不会超过100%。

# %%
completion = analysis.by_year(table, "membership.plan_completion_rate")
charts.years_interactive(completion, source=wording.source(completion, corpus))

# %% [markdown]
# 报告里写明的计划数，与做成的数字分开列出，从不混算。

# %%
planned = analysis.by_year(table, "membership.developed", target=True)
wording.year_table(planned)

# %% [markdown]
# ## 发展了哪些人？
#
# 取各地最近一年的数字，按群体比较。有的群体报告直接写了比例，有的只写了人数；比例由人数除以总数得出时，也按范围计算。

# %%
groups = analysis.latest(analysis.by_year(table, "membership.developed", by="group"))
charts.ranges_interactive(groups, source=wording.source(groups, corpus))

# %% [markdown]
# 各群体占全部发展党员的比例。

# %%
stated = analysis.by_year(table, "membership.developed_share", by="group")
shares = analysis.narrowest(stated, analysis.composition(table, "membership.developed", by="group"))
recent = analysis.latest(shares)
title = wording.finding(recent, "各群体占发展党员的比例")
charts.ranges(recent, title=title, source=wording.source(recent, corpus))

# %% [markdown]
# ## 从申请人到党员
#
# 入党要经过申请、确定积极分子、列为发展对象几步。下面把同一年各步的人数放在一起。

# %%
steps = {"入党申请人": "membership.applicants", "入党积极分子": "membership.activists"}
steps |= {"发展对象": "membership.candidates", "发展党员": "membership.developed"}
path = analysis.latest(analysis.together(table, steps))
title = wording.said_title(path, "入党各步人数")
charts.ranges(path, title=title, source=wording.source(path, corpus))

# %% [markdown]
# 上一步的人数是下一步的多少倍？由人数算出，两边都是范围时，倍数也是范围。

# %%
chain = {"申请人÷积极分子": ("membership.applicants", "membership.activists")}
chain |= {"积极分子÷发展对象": ("membership.activists", "membership.candidates")}
chain |= {"发展对象÷发展党员": ("membership.candidates", "membership.developed")}
links = analysis.latest(analysis.ratios(table, chain))
title = wording.said_title(links, "入党各步之间的倍数")
charts.ranges_interactive(links, title=title, source=wording.source(links, corpus))

# %% [markdown]
# 申请人、积极分子是发展党员数的多少倍？报告写明的倍数与由人数算出的倍数，取范围较窄的一个。

# %%
told = {"申请人÷发展党员": "membership.applicants_per_developed"}
told |= {"积极分子÷发展党员": "membership.activists_per_developed"}
stated_multiples = analysis.together(table, told)
pairs = {name: (each.removesuffix("_per_developed"), "membership.developed") for name, each in told.items()}
multiples = analysis.narrowest(stated_multiples, analysis.ratios(table, pairs))
wording.FindingList(multiples, "倍数")

# %% [markdown]
# 同样的倍数，各年列成表。

# %%
wording.year_table(multiples)

# %% [markdown]
# 报告写明的增长率：申请人、积极分子、发展党员比上年增减多少。负数是下降。

# %%
growth = {"入党申请人": "membership.applicants_change_rate", "入党积极分子": "membership.activists_change_rate"}
growth |= {"发展党员": "membership.developed_change_rate"}
grown = analysis.together(table, growth)
wording.year_table(grown)

# %% [markdown]
# ## 党员队伍有多大？
#
# 年末的党员总数、比上年净增的人数，和基层党组织总数。报告里的女性、35岁及以下等占党员总数的比例，列在后一张表里。

# %%
stock = {"党员总数": "membership.members", "党员净增": "membership.members_net_increase"}
stock |= {"基层党组织": "membership.organizations", "基层党组织净增": "membership.organizations_net_increase"}
size = analysis.together(table, stock)
wording.year_table(size)

# %% [markdown]
# 各群体占党员总数的比例。

# %%
standing = analysis.by_year(table, "membership.members_share", by="group")
wording.year_table(standing)

# %% [markdown]
# ## 本地与全国
#
# 全国数字由中央组织部逐年公布，保留到0.1万或0.1个百分点，所以也是范围。绝对数不可比，这里只比各群体所占的比例。

# %%
import pandas as pd

series = pd.read_csv("../data/reference/national_party_statistics.csv")
national = analysis.national(series)
nation_shares = analysis.by_year(national, "membership.developed_share", by="group")
both = analysis.beside(recent, nation_shares)
title = wording.against(both, "各群体占发展党员的比例", analysis.NATION)
charts.ranges(both, rows="district", title=title, source="资料来源：各地报告；全国党内统计公报")

# %% [markdown]
# 全国历年发展党员数作为背景。没有公布或没有找到的年份留空。

# %%
nation = analysis.by_year(national, "membership.developed")
charts.years_interactive(nation, source="资料来源：全国党内统计公报")

# %% [markdown]
# ## 证据
#
# 每个画出的数字都列在这里：说的是什么、范围是多少、原文怎么写、出自哪一句。由两个数字算出的比例不单列，列出的是它所用的数字。

# %%
told = [developed, completion, planned, groups, recent, path, stated_multiples, grown, size, standing]
wording.evidence_table(corpus, *told)
