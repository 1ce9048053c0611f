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
# # 教育培训
#
# **问题：** 培训覆盖了哪些人？办了多少期、多少人参加？学时达到要求了吗？线上有多少人次？
#
# **读什么：** 报告里的培训覆盖率、培训班期数、参训人次、学时、学习资料和集中学习场次。
#
# **不能说明什么：** 人次不是人数，一个人可以多次参加；覆盖率是报告自己的说法；“不少于32学时”一类的要求与实际学时分开列，从不混算。

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
# ## 培训覆盖了哪些人？
#
# **图怎么看。** 圆点是确数；横条或竖条是范围，真值可能在条内任何一处，条中间没有特别的意义；斜纹表示数字被发布者遮蔽；箭头表示不设上限；“未述及”表示报告没有说，不是零。两个范围有重叠时，只说“无法判断”。

# %%
coverage = analysis.by_year(table, "training.coverage_rate", by="audience")
recent = analysis.latest(coverage)
charts.ranges(recent, source=wording.source(recent, corpus))

# %% [markdown]
# 逐年来看，党员的培训覆盖率。

# %%
members = coverage[coverage["category"] == "党员"]
title = wording.finding(members, "党员培训覆盖率")
charts.years_interactive(members, title=title, source=wording.source(members, corpus))

# %% [markdown]
# 每个地区、每类对象，最早一年与最后一年相比。

# %%
wording.FindingList(coverage)

# %% [markdown]
# ## 办了多少期，多少人次？
#
# 期数和人次都取不分对象的总数；分对象的数字在证据表里。

# %%
sessions = analysis.by_year(table, "training.sessions")
charts.years(sessions, source=wording.source(sessions, corpus))

# %% [markdown]
# 参训人次。以“名”计的数字与以“人次”计的不混在一起。

# %%
participants = analysis.by_year(table, "training.participants")
charts.years_interactive(participants, source=wording.source(participants, corpus))

# %% [markdown]
# 线上的班次和参训人次。

# %%
digital = {"线上班次": "training.sessions", "线上人次": "training.participants"}
online = analysis.together(table, digital, mode="线上")
wording.year_table(online)

# %% [markdown]
# 线上人次占参训人次的多少？多数报告没有说总数里含不含线上，这里按“含”计算；线上比总数还多的，说明不含，不算比例，只计个数。

# %%
portion = analysis.composition(table, "training.participants", by="mode")
portion = portion[portion["category"] == "线上"]
title = wording.finding(portion, "线上人次占参训人次的比例")
charts.years(portion, title=title, source=wording.source(portion, corpus))

# %% [markdown]
# ## 学时达到要求了吗？
#
# 图中是做到的学时，要求的学时另列一表。“不少于”只给出下限，上限不设。

# %%
hours = analysis.by_year(table, "training.hours", by="audience")
recent_hours = analysis.latest(hours)
charts.ranges(recent_hours, source=wording.source(recent_hours, corpus))

# %% [markdown]
# 要求的学时。

# %%
required = analysis.by_year(table, "training.hours", by="audience", target=True)
wording.year_table(required)

# %% [markdown]
# 做到的与要求的逐项对照：同一地区、同一年、同一类对象都写明了，才能对照。要求的数字被遮蔽时，多半无法判断。

# %%
checked = analysis.met(hours, required)
Markdown(wording.plain(wording.verdicts(checked, "学时要求")))

# %% [markdown]
# 对照表。

# %%
wording.requirement_table(checked)

# %% [markdown]
# ## 学习资料与集中学习
#
# 发放的学习资料，和集中学习、研讨、宣讲、党课的场次。

# %%
materials = analysis.by_year(table, "training.materials")
charts.years(materials, source=wording.source(materials, corpus))

# %% [markdown]
# 集中学习的场次列成表。同一份报告里有几个互相不同的数字时，写作“说法不一”，给出包含它们的范围。

# %%
events = analysis.by_year(table, "training.study_events")
wording.year_table(events)

# %% [markdown]
# ## 证据
#
# 每个画出的数字都列在这里：说的是什么、范围是多少、原文怎么写、出自哪一句。由两个数字算出的比例不单列，列出的是它所用的数字。

# %%
wording.evidence_table(corpus, coverage, sessions, participants, online, hours, required, materials, events)
