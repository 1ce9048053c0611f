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
# # 地区与年份比较
#
# **问题：** 哪些指标各地都写了？各地各年谁高谁低、是升是降？能不能排出次序？
#
# **读什么：** 各地各年的报告中归入指标的数字，计划和要求不在内。参数 `indicators` 写要比较的指标；空为写得最普遍的几个，各主题轮流取；`theme` 可以把它们限定在一个主题。
#
# **不能说明什么：** 口径各地不同，同一个指标名下数的不一定是同一件事；没有写的年份是空缺，不是零；范围有重叠的，次序和升降都无法判断。

# %% tags=["parameters"]
reports = "../data/reports"  # 报告所在文件夹，或一份报告
metrics = ""  # 已存的指标表；给了它就不再读报告
district = ""  # 只看一个地区；空为全部
years = []  # 只看这些年份的报告；空为全部
mask = "auto"  # 遮蔽数字的读法：auto、digits 或 unknown
lang = "zh"  # 句子、表头和图例的语言：zh 或 en
theme = ""  # 只看一个主题，如 training；空为全部
indicators = []  # 要比较的指标；空为写得最普遍的几个

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
# ## 谁写了什么？
#
# 一行一个指标，一列一个地区，格子里是写明这个指标的年份；放在括号里的年份，数字全部被遮蔽。

# %%
stated = analysis.stated(table, theme)
widest = indicators or analysis.widest(table, theme, most=6)
wording.stated_table(stated[stated["indicator"].isin(widest)])

# %% [markdown]
# 其余指标。

# %%
wording.stated_table(stated[~stated["indicator"].isin(widest)]).head(40)

# %% [markdown]
# ## 写得最普遍的指标，各地逐年怎样？
#
# 第一个指标，各地各年。
#
# **图怎么看。** 圆点是确数；横条或竖条是范围，真值可能在条内任何一处，条中间没有特别的意义；斜纹表示数字被发布者遮蔽；箭头表示不设上限；“未述及”表示报告没有说，不是零。两个范围有重叠时，只说“无法判断”。

# %%
first, second, third, *_ = [*widest, "", "", ""]
one = analysis.by_year(table, first) if first else analysis.figure_table([])
charts.years(one, source=wording.source(one, corpus))

# %% [markdown]
# 第二个指标。

# %%
two = analysis.by_year(table, second) if second else analysis.figure_table([])
charts.years_interactive(two, source=wording.source(two, corpus))

# %% [markdown]
# 第三个指标。

# %%
three = analysis.by_year(table, third) if third else analysis.figure_table([])
charts.years(three, source=wording.source(three, corpus))

# %% [markdown]
# ## 是升是降？
#
# 三个指标逐年相比。两个范围完全分开，才说上升或下降，并给出增减的范围。

# %%
wording.change_table(*map(analysis.changes, (one, two, three)))

# %% [markdown]
# ## 最近一年谁高谁低？
#
# 次序只排到能确定的地步：“第1至第3之间”表示凭现有数字，它可能是第1，也可能是第3。

# %%
recent = analysis.latest(one)
wording.place_table(analysis.ranking(recent))

# %% [markdown]
# 各地最近一年的数字画在一起。

# %%
charts.ranges_interactive(recent, source=wording.source(recent, corpus))

# %% [markdown]
# ## 各地合起来怎样？
#
# 同一年写了第一个指标的地区，合计与平均的范围。各年写明的地区不同，所以合计不能连成一条线；比率只有平均，没有合计。

# %%
wording.together_table(analysis.together_of(one))

# %% [markdown]
# ## 最近一年，几个指标放在一起
#
# 最普遍的几个指标中的比率。

# %%
shares = {wording.title_of(each): each for each in widest if each.endswith(("rate", "share"))}
rates = analysis.latest(analysis.together(table, shares))
title = wording.said_title(rates, "最近一年各项比率")
charts.ranges(rates, title=title, source=wording.source(rates, corpus))

# %% [markdown]
# ## 证据
#
# 每个画出的数字都列在这里：说的是什么、范围是多少、原文怎么写、出自哪一句。

# %%
wording.evidence_table(corpus, one, two, three, rates)
