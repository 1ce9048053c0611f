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
# # 一份报告一览
#
# **问题：** 这份报告说了什么数字？有多少是确数，多少只知道范围，多少被遮蔽？最要紧的几个数字是多少？
#
# **读什么：** 一份报告的全部数字：归入指标的和没有归入的，做到的和计划的。给出的是文件夹时，取年份最近、数字最多的一份；要看另一份，把它的名称写在参数 `report` 里。
#
# **不能说明什么：** 报告没有写的不等于没有做；数字是报告自己的说法，这里不核实；被遮蔽的数字只知道范围。

# %% tags=["parameters"]
reports = "../data/reports"  # 报告所在文件夹，或一份报告
metrics = ""  # 已存的指标表；给了它就不再读报告
district = ""  # 只看一个地区；空为全部
years = []  # 只看这些年份的报告；空为全部
mask = "auto"  # 遮蔽数字的读法：auto、digits 或 unknown
lang = "zh"  # 句子、表头和图例的语言：zh 或 en
report = ""  # 报告的名称（文件名去掉后缀）；空为年份最近、数字最多的一份

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
# 看的是哪一份。

# %%
rows = analysis.one_report(table, report)
Markdown(wording.plain(wording.chosen(rows, corpus)))

# %% [markdown]
# ## 最要紧的数字
#
# 发展党员、整改、培训三类的主要指标：不分群体、不分来源的总数和比率。每个数字旁边是原文和所在的句子。

# %%
core = rows[rows["theme"].isin(["membership", "rectification", "training"]) & rows["indicator"].notna()]
whole = core[core["dims"].map(len) == 0].drop_duplicates(["indicator", "target"])
wording.number_table(corpus, whole)

# %% [markdown]
# ## 数字分布在哪些主题？
#
# 一条是一个主题，按数字的已知程度分段：确数、只知道范围（约数、余数）、被遮蔽、只有下限。

# %%
themes = analysis.counts(rows, "theme").rename(index=wording.theme_title)
charts.counts(themes, title=wording.counted_finding(themes, "各主题"), source=wording.source(rows, corpus))

# %% [markdown]
# 同样的数字，按报告自己的一级标题来数。

# %%
wording.count_table(analysis.counts(rows, "section"), "标题")

# %% [markdown]
# ## 各项比率
#
# 报告写明的比率和占比，按文中先后排列，最多24个。
#
# **图怎么看。** 圆点是确数；横条或竖条是范围，真值可能在条内任何一处，条中间没有特别的意义；斜纹表示数字被发布者遮蔽；箭头表示不设上限；“未述及”表示报告没有说，不是零。两个范围有重叠时，只说“无法判断”。

# %%
rates = analysis.as_said(analysis.rates(rows), most=24)
title = wording.said_title(rates, "比率和占比")
charts.ranges_interactive(rates, title=title, source=wording.source(rates, corpus))

# %% [markdown]
# ## 发展党员、整改、培训的数量
#
# 三类的人数、件数、期数。大小相差很多时用对数刻度。计划数在名称后注明“计划”。

# %%
amounts = analysis.as_said(analysis.counted(core), most=24)
title = wording.said_title(amounts, "发展党员、整改、培训的数量")
charts.ranges(amounts, title=title, source=wording.source(amounts, corpus))

# %% [markdown]
# ## 增减
#
# 报告自己写的增长、下降和净增，与计划、要求一起列出。这些数字从不与做到的数量混在一起。

# %%
moved = rows[rows["change"].notna() | rows["target"]]
wording.number_table(corpus, moved, most=40)

# %% [markdown]
# ## 证据
#
# 每个画出的数字都列在这里：说的是什么、范围是多少、原文怎么写、出自哪一句。

# %%
wording.evidence_table(corpus, rates, amounts)
