"""The invented organ: its departments, branches, people-free facts, and the pattern hidden in each of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache

YEARS = (2023, 2024, 2025)
ORGAN = "青岚市数据和政务服务局机关党委"
BUREAU = "青岚市数据和政务服务局"


@dataclass(frozen=True)
class Branch:
    """One party branch: its size, the business it works on, and the patterns hidden in it (pattern → years)."""

    unit: str
    department: str
    members: int
    objects: tuple[str, ...]
    patterns: dict[str, tuple[int, ...]] = field(default_factory=dict, hash=False)
    quality: float = 0.0
    leaders: int = 1
    exempt: int = 0
    founded_on: dt.date | None = None
    recording: str = "prompt"

    @property
    def has_committee(self) -> bool:
        """Branches of seven and more elect a committee."""
        return self.members >= 7

    @property
    def groups(self) -> int:
        """Only the large branches have party groups, to keep the sample small."""
        return 2 if self.members >= 30 else 0

    def has(self, pattern: str, year: int) -> bool:
        """Is the pattern hidden in this branch in that year?"""
        return year in self.patterns.get(pattern, ())

    def exists(self, day: dt.date) -> bool:
        """Was the branch founded by that day?"""
        return self.founded_on is None or day >= self.founded_on


# department → (office that hands in its ledger, patterns of the department as a whole)
DEPARTMENTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "机关本级党总支": ("政务一组", ()),
    "政务服务党总支": ("政务一组", ("reward_heavy",)),
    "营商环境党总支": ("政务一组", ("award_rotation",)),
    "数据资源党总支": ("数据组", ()),
    "热线服务党总支": ("热线中心", ("herding",)),
    "大数据中心党总支": ("大数据中心", ("compressed_scores",)),
    "公共资源交易中心党总支": ("交易中心", ("deductions_in_q4",)),
    "街镇便民服务党总支": ("街镇便民", ("yearend_culture",)),
}

# (office, year, quarter) → branches whose rows did not come in; an empty tuple: nothing at all came in
NOT_HANDED_IN: dict[tuple[str, int, int], tuple[str, ...]] = {
    ("热线中心", 2024, 2): (),
    ("街镇便民", 2025, 3): ("西岭便民中心党支部", "北崖便民中心党支部", "石桥便民中心党支部", "青溪便民中心党支部"),
}

_A, _G, _Y, _D = "机关本级党总支", "政务服务党总支", "营商环境党总支", "数据资源党总支"
_H, _C, _J, _T = "热线服务党总支", "大数据中心党总支", "公共资源交易中心党总支", "街镇便民服务党总支"

# unit, department, members, quality (about −1 to 1), three objects of its business,
# patterns ("name" for every year, "name@2023" for one), other facts
_TABLE: list[tuple] = [
    ("局办公室党支部", _A, 18, 0.0, "督查件办理 公文流转 会议精简", "leaders_absent", {"leaders": 8}),
    ("组织人事处党支部", _A, 9, 0.8, "窗口人员轮岗 年轻干部跟岗 考勤与请休假", "", {}),
    ("规划财务处党支部", _A, 8, 0.0, "预算执行 差旅报销 政府购买服务验收", "concentrated_hosting orphan_task", {}),
    ("政策法规处党支部", _A, 7, 1.2, "行政复议答复 规范性文件清理 合同审查", "", {}),
    ("机关纪委党支部", _A, 5, 0.4, "窗口作风暗访 廉政档案 问题线索办理", "", {}),
    ("离退休干部党支部", _A, 38, 0.0, "老同志就医报销 适老化办事 银发志愿队", "", {"exempt": 21, "leaders": 3}),
    ("审计督查处党支部", _A, 6, -0.4, "审计整改 项目跟踪督查 内控清单", "yearend_w6_mild", {}),
    ("综合窗口党支部", _G, 26, 1.3, "“办不成事”反映件 跨省通办退件 首办负责", "", {"leaders": 2}),
    ("企业开办窗口党支部", _G, 12, -0.3, "企业开办一日办结 刻章领票 住所登记核验", "preinspection_rush", {}),
    ("工程建设审批窗口党支部", _G, 11, -0.6, "施工许可分阶段办理 联合验收 图审意见反复", "yearend_q4_strong", {}),
    ("不动产登记窗口党支部", _G, 15, 0.6, "带押过户 继承登记告知承诺 登记材料补正", "", {}),
    ("社保医保窗口党支部", _G, 14, -0.4, "异地就医备案 养老待遇申领 灵活就业参保", "nominal_integration", {}),
    ("户政婚育窗口党支部", _G, 8, 0.3, "新生儿一件事 居住证签注 迁移证明", "", {}),
    ("帮办代办党支部", _G, 10, -0.5, "老年人帮办 重点项目代办 潮汐窗口", "low_participation", {}),
    ("大厅运行管理党支部", _G, 31, 0.2, "排队叫号 自助终端 延时服务", "", {"leaders": 2, "recording": "monthly"}),
    ("审批改革处党支部", _Y, 9, 0.9, "高效办成一件事 证明事项取消 容缺受理", "", {}),
    ("营商环境处党支部", _Y, 10, -0.9, "企业诉求闭环 惠企政策兑现 涉企收费公示", "stale_forms slogan_topics orphan_task", {}),
    ("政务标准化处党支部", _Y, 6, -0.2, "办事指南 事项清单 材料名称统一", "stop_go", {}),
    ("企业服务处党支部", _Y, 8, 1.1, "企业服务专员 免申即享 首贷续贷对接", "", {}),
    ("信用建设处党支部", _Y, 7, -0.5, "信用修复 失信名单核验 信用承诺", "backfill", {}),
    ("监管协调处党支部", _Y, 8, -0.7, "双随机检查 扫码入企 监管事项认领", "yearend_w6_strong", {}),
    ("评价督导处党支部", _Y, 5, 0.0, "好差评 差评整改 神秘顾客暗访", "two_skins", {}),
    ("数据归集处党支部", _D, 11, 0.7, "人口库字段缺失 数据归集时效 目录编制", "", {}),
    ("数据共享处党支部", _D, 9, -0.8, "共享申请退回 接口超时 回流数据到街镇", "trace_no_effect orphan_task", {}),
    ("数据治理处党支部", _D, 10, 1.0, "一数一源 重复数据清洗 地址数据对码", "", {}),
    ("公共数据开放处党支部", _D, 7, -0.2, "开放目录更新 开放数据质量 公众调用反馈", "sync_missing", {}),
    ("数据标准处党支部", _D, 6, -0.3, "字段标准 元数据登记 代码集维护", "fade_out", {}),
    ("数据安全处党支部", _D, 12, -0.2, "脱敏规则 权限清理 数据出域审批", "backfill", {}),
    ("数据要素流通处党支部", _D, 8, -0.4, "授权运营 数据产品上架 场景需求征集", "sync_missing yearend_q4_mild", {}),
    ("数据产权登记处党支部", _D, 5, 0.3, "产权登记初审 登记异议 登记证书核发", "", {"founded_on": dt.date(2024, 7, 8)}),
    ("热线受理一科党支部", _H, 34, 0.5, "高峰接通率 重复来电 方言来电", "", {"leaders": 2, "recording": "monthly"}),
    ("热线受理二科党支部", _H, 29, -0.4, "夜间值守 工单填写 在线转写", "low_participation", {}),
    ("工单派遣科党支部", _H, 13, -0.3, "首派准确率 退单争议 多部门工单", "superior_driven", {}),
    ("工单督办科党支部", _H, 10, -0.1, "超期工单 历史遗留诉求 回访不满意件", "preinspection_rush", {}),
    ("质检培训科党支部", _H, 9, 0.0, "录音质检 新员工上岗 情绪疏导", "concentrated_hosting", {}),
    ("知识库科党支部", _H, 7, -0.2, "知识点更新 政策口径 搜不到答案的问题", "short_notice", {}),
    ("企业专线科党支部", _H, 8, 0.6, "企业专线回访 涉企诉求分级 开发票咨询", "", {}),
    ("热线综合科党支部", _H, 6, -0.8, "数据日报 群众来信 排班", "yearend_q4_strong backfill orphan_task", {}),
    ("平台运维部党支部", _C, 17, 0.6, "一网通办故障响应 证照调用失败 夜间发布", "", {}),
    ("云网保障部党支部", _C, 14, -0.3, "云资源闲置 专网割接 机房巡检", "stop_go", {}),
    ("应用开发部党支部", _C, 19, -0.5, "表单预填 移动端适老 需求返工", "yearend_w6_strong", {}),
    ("数据工程部党支部", _C, 15, -0.1, "数据管道断点 批量核查 指标口径", "sync_missing", {}),
    ("算法应用部党支部", _C, 9, -0.2, "智能分派模型 知识问答误答 模型复核", "prescribed_only orphan_task", {}),
    ("网络安全部党支部", _C, 12, 0.9, "弱口令清零 攻防演练 供应链漏洞", "", {}),
    ("项目管理部党支部", _C, 8, -0.3, "项目验收 信息化立项 监理履职", "nominal_integration", {}),
    ("中心综合部党支部", _C, 7, 0.1, "固定资产盘点 合同台账 节能用电", "yearend_q4_strong@2023", {}),
    ("交易受理部党支部", _J, 10, 0.7, "招标公告复核 场地预约 保证金退付", "", {}),
    ("工程交易部党支部", _J, 13, -0.7, "电子标书解密 远程异地评标 投标异议", "trace_no_effect", {}),
    ("政府采购部党支部", _J, 11, 0.0, "采购需求编制 小额零星采购 中小企业预留份额", "two_skins", {}),
    ("土地产权部党支部", _J, 8, -0.4, "农村产权流转 土地竞买 成交确认", "too_short", {}),
    ("评审管理部党支部", _J, 9, -0.2, "评标专家抽取 评审费结算 专家履职评价", "fade_out", {}),
    ("交易技术部党支部", _J, 12, 0.4, "交易系统割接 电子保函 CA互认", "", {"recording": "monthly"}),
    ("见证监督部党支部", _J, 3, 0.5, "开标见证 音视频归档 异常报价预警", "", {}),
    ("东渚便民中心党支部", _T, 12, -0.3, "高龄津贴 一窗通办 网格代办", "", {}),
    ("西岭便民中心党支部", _T, 9, -0.4, "临时救助 残疾人证办理 赶集日办事点", "leaders_absent", {}),
    ("南浦便民中心党支部", _T, 22, 0.1, "群租房登记 社保认证 错时上班", "", {"leaders": 2}),
    ("北崖便民中心党支部", _T, 7, -0.8, "林权查询 宅基地申请 上门办", "stale_forms slogan_topics orphan_task", {}),
    ("云亭便民中心党支部", _T, 50, -0.1, "医保参保扩面 居民码应用 企业跨区迁移", "", {"leaders": 3}),
    ("石桥便民中心党支部", _T, 6, -0.3, "公租房申请 老旧小区加梯 窗口排班", "plan_churn", {}),
    ("青溪便民中心党支部", _T, 10, 0.0, "渔船登记 农机补贴 乡村邮站代办", "", {}),
]


def _patterns(text: str) -> dict[str, tuple[int, ...]]:
    """Pattern → years, from words like "a b@2023": every year, or the one named."""
    named = (word.partition("@") for word in text.split())
    return {name: (int(year),) if year else YEARS for name, _, year in named}


@cache
def branches() -> tuple[Branch, ...]:
    """Every branch, in the order of the register."""
    made = []
    for unit, department, members, quality, objects, text, facts in _TABLE:
        culture = "yearend_culture" if "yearend_culture" in DEPARTMENTS[department][1] else ""
        made.append(
            Branch(unit, department, members, tuple(objects.split()), _patterns(f"{text} {culture}"), quality=quality, **facts)
        )
    return tuple(made)


def branches_of(department: str) -> list[Branch]:
    """The branches of one department."""
    return [branch for branch in branches() if branch.department == department]


def office_of(branch: Branch) -> str:
    """The office that hands in the branch's ledger."""
    return DEPARTMENTS[branch.department][0]


def handed_in(branch: Branch, year: int, quarter: int) -> bool:
    """Did the branch's rows of that quarter come in?"""
    left_out = NOT_HANDED_IN.get((office_of(branch), year, quarter))
    return left_out is None or (bool(left_out) and branch.unit not in left_out)


def truth() -> dict[str, tuple[str, ...]]:
    """Unit → the patterns hidden in it; ("steady",) where there is none. Departments carry those of the department as a whole."""
    found = {branch.unit: tuple(branch.patterns) or ("steady",) for branch in branches()}
    return found | {name: patterns for name, (_, patterns) in DEPARTMENTS.items() if patterns}


def truth_of_year(year: int) -> dict[str, tuple[str, ...]]:
    """The same, restricted to the patterns of one year."""
    return {branch.unit: tuple(p for p in branch.patterns if branch.has(p, year)) or ("steady",) for branch in branches()}
