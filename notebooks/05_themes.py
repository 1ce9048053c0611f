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
# # 各主题各系统
#
# **问题：** 这份报告的每个主题、每个部分说了哪些数字？报告讲到的各个系统（责任清单、监管平台、热线、骑手、巡察等）各有什么数字？
#
# **读什么：** 一份报告的全部数字。给出的是文件夹时，取年份最近、数字最多的一份；要看另一份，把它的名称写在参数 `report` 里；只看一个主题，写在 `theme` 里。
#
# **不能说明什么：** 主题由数字自己的词和所在标题判断，可能有误；同一类数字单位不同，不能相加；报告没有写的不等于没有做。

# %% tags=["parameters"]
reports = "../data/reports"  # 报告所在文件夹，或一份报告
metrics = ""  # 已存的指标表；给了它就不再读报告
district = ""  # 只看一个地区；空为全部
years = []  # 只看这些年份的报告；空为全部
mask = "auto"  # 遮蔽数字的读法：auto、digits 或 unknown
lang = "zh"  # 句子、表头和图例的语言：zh 或 en
report = ""  # 报告的名称（文件名去掉后缀）；空为年份最近、数字最多的一份
theme = ""  # 只看一个主题，如 organization；空为全部

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
rows = rows[rows["theme"] == theme] if theme else rows
Markdown(wording.plain(wording.chosen(rows, corpus)))

# %% [markdown]
# ## 报告有哪些部分，各说多少数字？
#
# 一条是一个一级标题，按数字的已知程度分段。

# %%
parts = analysis.counts(rows, "section")
charts.counts(parts, title=wording.counted_finding(parts, "各部分"), source=wording.source(rows, corpus))

# %% [markdown]
# 同样的数字列成表。

# %%
wording.count_table(parts, "标题")

# %% [markdown]
# ## 报告讲到的各个系统
#
# 责任清单与监管平台、基层组织台账、骑手与新就业群体、便民热线、巡察轮次等：每个系统的数字放在一起，旁边是原文和句子。一个数字能归入几个系统时，只列在第一个里。

# %%
systems = analysis.of_systems(rows, corpus)
wording.number_table(corpus, systems)

# %% [markdown]
# 每个系统有多少数字。

# %%
sizes = analysis.counts(systems, "system")
wording.count_table(sizes, "系统")

# %% [markdown]
# ## 各项比率
#
# 全部主题的比率和占比，按文中先后排列，最多20个。
#
# **图怎么看。** 圆点是确数；横条或竖条是范围，真值可能在条内任何一处，条中间没有特别的意义；斜纹表示数字被发布者遮蔽；箭头表示不设上限；“未述及”表示报告没有说，不是零。两个范围有重叠时，只说“无法判断”。

# %%
rates = analysis.as_said(analysis.rates(rows), most=20)
title = wording.said_title(rates, "比率和占比")
charts.ranges_interactive(rates, title=title, source=wording.source(rates, corpus))

# %% [markdown]
# ## 主体责任
#
# 常委会议、责任清单、工作日志、考核与约谈。 发展党员、整改、培训三个主题另有专门的本子，这里不重复。图中是人数、件数、次数，按文中先后排列，最多15个；金额、面积和其余的数字在最后的表里。大小相差很多时用对数刻度。没有述及的主题，图中写明“未述及”。

# %%
accountability = analysis.as_said(analysis.counted(rows[rows["theme"] == "accountability"]), most=15)
title = wording.said_title(accountability, "主体责任")
charts.ranges(accountability, title=title, source=wording.source(accountability, corpus))

# %% [markdown]
# ## 宣传与精神文明
#
# 新闻稿件、宣传点位、文明实践和志愿服务。

# %%
propaganda = analysis.as_said(analysis.counted(rows[rows["theme"] == "propaganda"]), most=15)
title = wording.said_title(propaganda, "宣传与精神文明")
charts.ranges(propaganda, title=title, source=wording.source(propaganda, corpus))

# %% [markdown]
# ## 基层组织
#
# 组织台账、两个覆盖、党建品牌、阵地与表彰。

# %%
organization = analysis.as_said(analysis.counted(rows[rows["theme"] == "organization"]), most=15)
title = wording.said_title(organization, "基层组织")
charts.ranges(organization, title=title, source=wording.source(organization, corpus))

# %% [markdown]
# ## 干部
#
# 选拔任用、交流、年轻干部和日常监督。

# %%
cadres = analysis.as_said(analysis.counted(rows[rows["theme"] == "cadres"]), most=15)
title = wording.said_title(cadres, "干部")
charts.ranges(cadres, title=title, source=wording.source(cadres, corpus))

# %% [markdown]
# ## 人才
#
# 引进、资助、平台和团队。

# %%
talent = analysis.as_said(analysis.counted(rows[rows["theme"] == "talent"]), most=15)
title = wording.said_title(talent, "人才")
charts.ranges(talent, title=title, source=wording.source(talent, corpus))

# %% [markdown]
# ## 政法与平安
#
# 矛盾纠纷、平安创建、重点整治和法律服务。

# %%
law = analysis.as_said(analysis.counted(rows[rows["theme"] == "law"]), most=15)
title = wording.said_title(law, "政法与平安")
charts.ranges(law, title=title, source=wording.source(law, corpus))

# %% [markdown]
# ## 统战
#
# 协商与建言、联谊交友、服务企业、民族宗教。

# %%
united_front = analysis.as_said(analysis.counted(rows[rows["theme"] == "united_front"]), most=15)
title = wording.said_title(united_front, "统战")
charts.ranges(united_front, title=title, source=wording.source(united_front, corpus))

# %% [markdown]
# ## 武装
#
# 民兵、双拥和退役军人。

# %%
defence = analysis.as_said(analysis.counted(rows[rows["theme"] == "defence"]), most=15)
title = wording.said_title(defence, "武装")
charts.ranges(defence, title=title, source=wording.source(defence, corpus))

# %% [markdown]
# ## 作风
#
# 节点教育、明察暗访、减负和纠治四风。

# %%
conduct = analysis.as_said(analysis.counted(rows[rows["theme"] == "conduct"]), most=15)
title = wording.said_title(conduct, "作风")
charts.ranges(conduct, title=title, source=wording.source(conduct, corpus))

# %% [markdown]
# ## 纪检监察与巡察
#
# 巡察轮次和单位、谈话、问题线索。

# %%
inspection = analysis.as_said(analysis.counted(rows[rows["theme"] == "inspection"]), most=15)
title = wording.said_title(inspection, "纪检监察与巡察")
charts.ranges(inspection, title=title, source=wording.source(inspection, corpus))

# %% [markdown]
# ## 廉洁与反腐
#
# 立案、处分、警示教育和清廉单元。

# %%
integrity = analysis.as_said(analysis.counted(rows[rows["theme"] == "integrity"]), most=15)
title = wording.said_title(integrity, "廉洁与反腐")
charts.ranges(integrity, title=title, source=wording.source(integrity, corpus))

# %% [markdown]
# ## 为民办事
#
# 走访、办实事清单、解决的困难。

# %%
service = analysis.as_said(analysis.counted(rows[rows["theme"] == "service"]), most=15)
title = wording.said_title(service, "为民办事")
charts.ranges(service, title=title, source=wording.source(service, corpus))

# %% [markdown]
# ## 疫情防控
#
# 下沉干部、突击队、卡点和捐赠。

# %%
epidemic = analysis.as_said(analysis.counted(rows[rows["theme"] == "epidemic"]), most=15)
title = wording.said_title(epidemic, "疫情防控")
charts.ranges(epidemic, title=title, source=wording.source(epidemic, corpus))

# %% [markdown]
# ## 其他
#
# 不属于以上主题的数字，如营收、投资、荣誉。

# %%
other = analysis.as_said(analysis.counted(rows[rows["theme"] == "other"]), most=15)
title = wording.said_title(other, "其他")
charts.ranges(other, title=title, source=wording.source(other, corpus))

# %% [markdown]
# ## 证据：其余的全部数字
#
# 上面系统表里没有的每一个数字，图里画了的和没有画的都在：说的是什么、范围是多少、原文怎么写、出自哪一句。没有归入指标的也在内，那是目录里还没有的。

# %%
rest = rows[~rows["start"].isin(systems["start"])]
wording.evidence_table(corpus, analysis.as_said(rest))
