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
# # 数字读得怎样
#
# **问题：** 报告里的数字读出了多少？多少归入了指标？哪些被认作不是数量，哪些读不出来？与人工标注有多一致？
#
# **读什么：** 报告原文重新读一遍：读出的数字、认作不是数量的（年份、序号、口号、名称里的数）、读不出的、没有归入指标的。`gold` 文件夹里有同名人工标注的报告，与它逐个对照。
#
# **不能说明什么：** 归入指标多不等于归得对，只有与人工标注对照才知道；人工标注只有少数几份，不能代表所有报告；没有原文时无从统计。

# %% tags=["parameters"]
reports = "../data/reports"  # 报告所在文件夹，或一份报告
metrics = ""  # 已存的指标表；给了它就不再读报告
district = ""  # 只看一个地区；空为全部
years = []  # 只看这些年份的报告；空为全部
mask = "auto"  # 遮蔽数字的读法：auto、digits 或 unknown
lang = "zh"  # 句子、表头和图例的语言：zh 或 en
gold = "../data/gold"  # 人工标注所在文件夹；没有则不对照

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
# ## 读出多少，归入多少？
#
# 一行一份报告。“不是数量”指年份、序号、口号、名称里的数等，按规则不计；“读不出”指量度某事但读不成数的，从不猜测。

# %%
from dangjian.analysis import quality
from dangjian.analysis.unbound import unbound

read = quality.readings(corpus, mask)
coverage = quality.coverage(corpus, read)
Markdown(wording.plain(wording.coverage_finding(coverage)))

# %% [markdown]
# 逐份报告。

# %%
wording.coverage_table(coverage)

# %% [markdown]
# ## 各主题的数字，知道到什么程度？
#
# 一条是一个主题，按数字的已知程度分段：确数、只知道范围（约数、余数）、被遮蔽、只有下限。

# %%
themes = analysis.counts(table, "theme").rename(index=wording.theme_title)
charts.counts(themes, title=wording.counted_finding(themes, "各主题"), source=wording.text_source(corpus))

# %% [markdown]
# 没有归入指标的数字，各主题有多少。

# %%
loose = analysis.counts(table[table["indicator"].isna()], "theme").rename(index=wording.theme_title)
charts.counts(loose, title=wording.counted_finding(loose, "没有归入指标的"), source=wording.text_source(corpus))

# %% [markdown]
# ## 遮蔽的数字怎样读？
#
# 有的作者一位一位地遮，有的用一个符号代替任意长的数。读法由报告自己的写法判断，依据列在旁边。

# %%
wording.mask_table(quality.masks(read))

# %% [markdown]
# ## 没有归入指标的，都是什么？
#
# 按名称归并，最常见的在前。其中反复出现的，值得在目录里加一个指标。

# %%
observations = [seen for each in read for seen in each.observations]
wording.unbound_table(unbound(observations, corpus))

# %% [markdown]
# ## 认作不是数量的
#
# 按规则列出次数和一个例子。

# %%
wording.left_out_table(quality.left_out(corpus, read))

# %% [markdown]
# ## 读不出的
#
# 每一个都列出，带前后文。

# %%
wording.unread_table(quality.unread(corpus, read))

# %% [markdown]
# ## 与人工标注对照
#
# 只对照有人工标注的报告。“读出的有多少是对的”看多读，“该读的读出多少”看漏读；其余各列是读对的数字里这一项一致的占比。

# %%
wording.agreement_table(quality.hand_read(corpus, gold, mask))
