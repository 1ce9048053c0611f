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
# # 整改
#
# **问题：** 巡察、审计、考核等发现了多少问题？整改了多少？还有多少没有完成？群众满意吗？
#
# **读什么：** 报告里的发现问题数、已整改数、未完成数、整改率、按时完成率、办结率、满意率，以及整改措施、整改单和由此建立的制度。
#
# **不能说明什么：** 各地“问题”的口径不同，一处点位和一个巡察问题不是一回事；整改率高不等于问题解决得好；被遮蔽的数字只知道范围。

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
# ## 各类监督发现的问题整改了多少？
#
# 整改率有两个来源：报告直接写的，和由“已整改÷发现”算出的。两个都有时取范围较窄的一个；两个数字被遮蔽，算出的比例也只是一个范围，但不会超过100%。热线受理的是诉求，不是查出的问题，放在后面单说。
#
# **图怎么看。** 圆点是确数；横条或竖条是范围，真值可能在条内任何一处，条中间没有特别的意义；斜纹表示数字被发布者遮蔽；箭头表示不设上限；“未述及”表示报告没有说，不是零。两个范围有重叠时，只说“无法判断”。

# %%
stated = analysis.by_year(table, "rectification.rate", by="source")
parts = ("rectification.problems_rectified", "rectification.problems_found")
rates = analysis.narrowest(stated, analysis.share(table, *parts, by="source"))
rates = rates[rates["category"] != "热线"]
recent = analysis.latest(rates)
title = wording.finding(recent, "整改率")
charts.ranges(recent, title=title, source=wording.source(recent, corpus))

# %% [markdown]
# 逐年来看，每个地区每类监督的整改率：最早一年与最后一年相比。

# %%
wording.FindingList(rates, "整改率")

# %% [markdown]
# 同样的数字列成表。

# %%
wording.year_table(rates)

# %% [markdown]
# ## 发现了多少，分别来自哪里？
#
# 取各地最近一年。口径不同的问题不相加。

# %%
found = analysis.latest(analysis.by_year(table, "rectification.problems_found", by="source"))
charts.ranges_interactive(found, source=wording.source(found, corpus))

# %% [markdown]
# 已经整改的。没有写明来源的合计数不在此列。

# %%
rectified = analysis.by_year(table, "rectification.problems_rectified", by="source")
wording.year_table(rectified)

# %% [markdown]
# 还没有完成、正在推进的。

# %%
left = analysis.by_year(table, "rectification.problems_open", by="source")
wording.year_table(left)

# %% [markdown]
# ## 发现、反馈、整改、验收：环节走到哪一步？
#
# 一个问题要走四步：发现，反馈（下发整改单、定出措施），整改（已经整改的、正在推进的、由此建立的制度），验收（整改率、按时完成率、办结率、满意率）。取各地最近一年不分来源的数字。各步数的不是同一件东西，只能看有没有、有多大，不能相减；“未述及”的一步，报告里没有数字。

# %%
steps = {"发现·问题": "rectification.problems_found", "反馈·整改单": "rectification.notices"}
steps |= {"反馈·措施": "rectification.measures", "整改·已整改": "rectification.problems_rectified"}
steps |= {"整改·推进中": "rectification.problems_open", "整改·建制度": "rectification.regulations"}
loop = analysis.latest(analysis.together(table, steps))
title = wording.said_title(loop, "从发现到整改各环节")
charts.ranges(loop, title=title, source=wording.source(loop, corpus))

# %% [markdown]
# 只看巡察：同样的环节。

# %%
tour = analysis.latest(analysis.together(table, steps, source="巡察"))
title = wording.said_title(tour, "巡察问题从发现到整改各环节")
charts.ranges_interactive(tour, title=title, source=wording.source(tour, corpus))

# %% [markdown]
# 最后一步是验收：报告自己给出的结果，各地最近一年。

# %%
results = {"整改率": "rectification.rate", "按时完成率": "rectification.on_time_rate"}
results |= {"办结率": "rectification.resolution_rate", "满意率": "rectification.satisfaction_rate"}
accepted = analysis.together(table, results)
outcome = analysis.latest(accepted)
title = wording.said_title(outcome, "验收结果")
charts.ranges(outcome, title=title, source=wording.source(outcome, corpus))

# %% [markdown]
# 同样的结果，各年列成表。

# %%
wording.year_table(accepted)

# %% [markdown]
# ## 巡察整改率逐年怎样？
#
# 巡察是多数报告都写的一类，单独画出各年的范围。

# %%
visits = rates[rates["category"] == "巡察"]
title = wording.finding(visits, "巡察整改率")
charts.years(visits, title=title, source=wording.source(visits, corpus))

# %% [markdown]
# ## 是否按时，群众是否满意？
#
# 热线的办结率与满意率，以及任务的按时完成率。

# %%
hotline = {"办结率": "rectification.resolution_rate", "满意率": "rectification.satisfaction_rate"}
answers = analysis.latest(analysis.together(table, hotline, source="热线"))
title = wording.said_title(answers, "热线办结率与满意率")
charts.ranges_interactive(answers, title=title, source=wording.source(answers, corpus))

# %% [markdown]
# 按时完成率逐年的范围。

# %%
on_time = analysis.by_year(table, "rectification.on_time_rate")
charts.years(on_time, source=wording.source(on_time, corpus))

# %% [markdown]
# ## 证据
#
# 每个画出的数字都列在这里：说的是什么、范围是多少、原文怎么写、出自哪一句。由两个数字算出的比例不单列，列出的是它所用的数字。

# %%
told = [recent, found, rectified, left, loop, tour, accepted, answers, visits, on_time]
wording.evidence_table(corpus, *told, stated)
