# ---
# jupyter:
#   dangjian:
#     by_hand: true
#   jupytext:
#     notebook_metadata_filter: kernelspec,dangjian,-jupytext.text_representation
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 逐个查看
#
# **问题：** 我要找的数字在哪一句？原话怎么说？
#
# **读什么：** 全部数字，一行一个。用上面的框筛选，点表头排序，在搜索框里找词，点一行看它所在的句子。
#
# **不能说明什么：** 这个本子要有人操作，不在定时运行之列，也不生成简报；表里的数字是读出的范围，以原文为准。

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
from dangjian import charts, wording

corpus, table = dangjian.open_table(reports, metrics, mask=mask, district=district, years=years)
charts.apply(lang)
Markdown(wording.plain(wording.provenance(corpus, table)))

# %% [markdown]
# ## 筛选、排序、搜索
#
# 五个框按主题、指标、地区、年份和已知程度筛选；表格右上角可以搜任何词；点表头按这一列排序，“下限”“上限”按大小排。点一行，下面显示它所在的句子和前后句，数字有底色。全部脱机可用。

# %%
charts.explore(table, corpus)

# %% [markdown]
# ## 换一种看法：一个指标逐年
#
# 从单子里选一个指标，看各地各年的范围。
#
# **图怎么看。** 圆点是确数；条是范围，真值可能在条内任何一处；斜纹表示数字被发布者遮蔽；箭头表示不设上限；“未述及”表示报告没有说，不是零。

# %%
charts.browse(table, corpus)

# %% [markdown]
# ## 取走
#
# 把整张表存成电子表格能开的文件，需要时把下面一行的井号去掉。

# %%
# dangjian.write(table, "指标表.csv")
len(table)
