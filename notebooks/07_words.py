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
# # 用词
#
# **问题：** 各年的报告用了哪些词？哪些词多起来，哪些词少下去？一个指标的前后常说什么？
#
# **读什么：** 报告全文，由 jieba 切成词。词频按每万词计，长短不同的报告可以相比。参数 `around` 写一个指标，看它所在的句子里常出现什么词。
#
# **不能说明什么：** 词多了不等于事做得多；切词会有错；报告的份数和写法各年不同；一个词的意思随上下文而变。

# %% tags=["parameters"]
reports = "../data/reports"  # 报告所在文件夹，或一份报告
metrics = ""  # 已存的指标表；给了它就不再读报告
district = ""  # 只看一个地区；空为全部
years = []  # 只看这些年份的报告；空为全部
mask = "auto"  # 遮蔽数字的读法：auto、digits 或 unknown
lang = "zh"  # 句子、表头和图例的语言：zh 或 en
around = "membership.developed"  # 看这个指标前后的词
least = 5  # 各年合计少于这么多次的词不比较

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
# 各年读了多少。

# %%
from dangjian.analysis import terms

counted = terms.by_report_year(corpus)
Markdown(wording.plain(wording.read_finding(counted)))

# %% [markdown]
# ## 最常用的词
#
# 各年出现的次数，按合计排列，每个次数链到一处例句。各地都用、不说明内容的词（如“工作”“推进”）不在内。

# %%
wording.term_table(counted, corpus)

# %% [markdown]
# ## 哪些词多起来，哪些词少下去？
#
# 比较最早一年与最后一年，每万词出现的次数。

# %%
grown, faded = terms.shifts(counted, least=least, reports=corpus)
Markdown(wording.plain(wording.shift_finding(grown, faded, counted)))

# %% [markdown]
# 图中圆点是最早一年和最后一年每万词的次数，一行一个词：先是增加最多的，再是减少最多的。

# %%
charts.shifts(grown, faded, title=wording.shift_finding(grown, faded, counted), source=wording.text_source(corpus))

# %% [markdown]
# 增加的词。

# %%
wording.shift_table(grown, counted)

# %% [markdown]
# 减少的词。

# %%
wording.shift_table(faded, counted)

# %% [markdown]
# ## 一个指标的前后说什么？
#
# 取写到这个指标的句子，列出在这些句子里比在全文里常见得多的词。

# %%
near = analysis.numbers(table[table["indicator"] == around])
wording.near_table(terms.around(near, corpus))

# %% [markdown]
# ## 证据
#
# 这个指标的数字和所在的句子，最多20个。

# %%
wording.evidence_table(corpus, analysis.as_said(near, most=20))
