"""Invented reports with every kind of block, for the tests of Word and PDF; long tables, long names, figures drawn by hand."""

from __future__ import annotations

import plotly.graph_objects as go

from cadence.report.document import (
    HALF,
    WIDTH,
    Break,
    Document,
    Heading,
    Pair,
    Paragraph,
    Picture,
    Points,
    Table,
    Tile,
    Tiles,
)

FONTS = "Noto Sans CJK SC, Source Han Sans SC, WenQuanYi Micro Hei, Microsoft YaHei, sans-serif"
BRANCHES = 64


def long_document(language: str = "zh") -> Document:
    """A quarterly report: contents, three levels of headings, a table over several pages, single and paired pictures."""
    chinese = language == "zh"
    return Document(
        title="机关党建工作季度分析报告" if chinese else "Quarterly Report on Party-Building Work",
        scope="市直机关党委　2024 年第三季度" if chinese else "Party Committee of the Municipal Offices, third quarter of 2024",
        dated="2024年10月8日" if chinese else "2024-10-08",
        language=language,
        blocks=_chinese() if chinese else _english(),
    )


def compact_document(language: str = "zh") -> Document:
    """One page: findings, six figures, two pictures."""
    chinese = language == "zh"
    return Document(
        title="机关党建工作一页纸" if chinese else "Party-Building Work on One Page",
        scope="市直机关党委　2024 年第三季度" if chinese else "Party Committee of the Municipal Offices, Q3 2024",
        dated="2024年10月8日" if chinese else "2024-10-08",
        language=language,
        blocks=(
            Heading("主要情况" if chinese else "Main figures"),
            Tiles(_tiles(chinese)),
            Heading("需要关注" if chinese else "Worth a look"),
            Points(_points(chinese)),
            Heading("两张图" if chinese else "Two pictures"),
            Pair(
                picture("各月活动场次" if chinese else "Activities per month", HALF, 230, chinese),
                picture("支部按期完成情况" if chinese else "Branches on schedule", HALF, 230, chinese),
            ),
            Paragraph(
                "口径：截至 2024 年 9 月 30 日已报送的台账；“—”为未报送，不计入分母。"
                if chinese
                else "Basis: ledgers handed in by 30 September 2024; “—” was not handed in and is left out of the shares.",
                is_note=True,
            ),
        ),
        is_compact=True,
    )


def picture(caption: str, width: int, height: int, chinese: bool = True, drawn: bool = True) -> Picture:
    """A bar chart as Plotly has it, and as an SVG written by hand."""
    values = [6, 9, 14, 12, 11, 8, 7, 13, 16]
    figure = go.Figure(go.Bar(x=list(range(1, 10)), y=values), layout={"width": width, "height": height})
    alt = f"{caption}：一月 6 场，九月最多，为 16 场。" if chinese else f"{caption}: 6 in January, the most, 16, in September."
    return Picture(figure, caption, alt, svg(width, height, values, chinese) if drawn else b"")


def svg(width: int, height: int, values: list[int], chinese: bool = True) -> bytes:
    """Bars with their months below and a title."""
    left, foot, head = 34, 28, 34
    step = (width - left - 10) / len(values)
    scale = (height - foot - head) / max(values)
    bars = "".join(
        f'<rect x="{left + step * place + step * 0.15:.1f}" y="{height - foot - value * scale:.1f}" width="{step * 0.7:.1f}" '
        f'height="{value * scale:.1f}" fill="#2f6c9f"/>'
        f'<text x="{left + step * (place + 0.5):.1f}" y="{height - 9}" text-anchor="middle">'
        f"{place + 1}{'月' if chinese else ''}</text>"
        for place, value in enumerate(values)
    )
    title = "活动场次（场）" if chinese else "Activities"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
        f'<g font-family="{FONTS}" font-size="12" fill="#1f2933"><text x="{left}" y="18">{title}</text>{bars}'
        f'<line x1="{left}" y1="{height - foot}" x2="{width - 10}" y2="{height - foot}" stroke="#b9c1ca"/></g></svg>'
    ).encode()


def _tiles(chinese: bool) -> tuple[Tile, ...]:
    rows = (
        ("按期完成率", "86%", "↑ 4 个百分点", "1,032 / 1,200 项", "On schedule", "86%", "↑ 4 points", "1,032 of 1,200"),
        ("活动场次", "1.2万", "↑ 312 场", "12,345 场", "Activities", "12,345", "↑ 312", "in 64 branches"),
        ("平均参加率", "91%", "持平", "到会 38,204 人次", "Attendance", "91%", "as before", "38,204 present"),
        ("与中心工作相关", "43%", "↓ 2 个百分点", "5,308 场", "Tied to key tasks", "43%", "↓ 2 points", "5,308 activities"),
        ("年底突击提示", "3 个", "↓ 2 个", "64 个支部中", "Year-end rush", "3", "↓ 2", "of 64 branches"),
        ("台账报送率", "97%", "↑ 1 个百分点", "186 / 192 份", "Ledgers handed in", "97%", "↑ 1 point", "186 of 192"),
    )
    return tuple(Tile(*(row[:4] if chinese else row[4:])) for row in rows)


def _points(chinese: bool) -> tuple[tuple[str, str], ...]:
    if chinese:
        return (
            ("机关一支部", "第三季度 12 场活动中有 9 场集中在最后两周，预期 2.4 场（95% 区间 1.6—5.1 倍），提示核实。"),
            ("综合处支部", "已连续 7 周没有记录；全年应开展的主题党日还差 4 次，如按每月 2 次安排，11 月底可补齐。"),
            ("参加率", "“大支部”低于“小支部”：30 人以上支部平均 84%，10 人以下支部平均 95%，差异超出偶然波动。"),
            ("", "样本不足（n = 5，至少 8）的 6 个支部不作判断。"),
        )
    return (
        (
            "Branch 1",
            "9 of 12 activities of the quarter fell into its last two weeks; 2.4 were expected (95% interval 1.6–5.1 times).",
        ),
        (
            "General Office",
            "no record for 7 weeks; 4 study days are still due and can be made up by the end of November at 2 a month.",
        ),
        ("Attendance", "branches of more than 30 members have 84%, those of fewer than 10 have 95%; more than chance would give."),
        ("", "6 branches with too few activities (n = 5, at least 8) are not judged."),
    )


def _table(chinese: bool, rows: int = BRANCHES) -> Table:
    names = (
        ("机关第{}党支部", "市发展和改革委员会综合处与政策研究室联合第{}党支部")
        if chinese
        else (
            "Branch {}",
            "Joint Branch {} of the General Office and the Policy Research Office",
        )
    )
    return Table(
        caption="各支部第三季度开展情况" if chinese else "What the branches did in the third quarter",
        titles=("支部", "应开展", "已开展", "完成率", "参加率", "说明")
        if chinese
        else ("Branch", "Due", "Held", "Share", "Attendance", "Remark"),
        rows=tuple(
            (
                names[number % 9 == 0].format(number),
                str(24 + number % 7),
                f"{20 + number * 7 % 11:,}",
                f"{70 + number * 13 % 31}%",
                f"{80 + number * 5 % 19}%" if number % 8 else "—",
                ("" if number % 8 else "八月台账未报送") if chinese else ("" if number % 8 else "August not handed in"),
            )
            for number in range(1, rows + 1)
        ),
        numeric=(False, True, True, True, True, False),
    )


def _wide(chinese: bool) -> Table:
    months = [f"{month}月" if chinese else f"{month:02}" for month in range(1, 13)]
    kinds = (
        ("主题党日", "党课", "支部党员大会", "组织生活会")
        if chinese
        else ("Study day", "Lecture", "General meeting", "Life meeting")
    )
    return Table(
        caption="各类活动逐月场次" if chinese else "Activities by kind and month",
        titles=("类型" if chinese else "Kind", *months, "合计" if chinese else "Total"),
        rows=tuple(
            (kind, *(f"{(place * 37 + month * 91) % 400:,}" for month in range(12)), f"{2_000 + place * 317:,}")
            for place, kind in enumerate(kinds)
        ),
        numeric=(False, *[True] * 13),
    )


def _chinese() -> tuple:
    return (
        Heading("总体情况"),
        Paragraph(
            "第三季度，64 个支部共开展活动 12,345 场，按期完成率 86%，比上季度提高 4 个百分点。活动在各周之间总体均衡，"
            "但仍有 3 个支部集中在季度末，提示核实。以下数字均来自已报送的台账，未报送的不作为零计算。"
        ),
        Tiles(_tiles(True)),
        Heading("活动频次", 2),
        Paragraph("各月场次见图 1，八月受暑期影响略低，九月回升至全年最高。"),
        picture("2024 年 1—9 月各月活动场次", WIDTH, 330),
        Paragraph("注：九月含 9 月 28 日补录的 14 场，补录以登记日期晚于开展日期 30 天以上为准。", is_note=True),
        Heading("应开展与已开展", 3),
        Paragraph("“三会一课”应开展 1,200 项，已开展 1,032 项；尚缺的 168 项中，有 121 项可在十一月底前补齐。"),
        Heading("参加情况", 2),
        Pair(picture("参加率分布", HALF, 260), picture("不同规模支部的参加率", HALF, 260)),
        Heading("节奏提示"),
        Paragraph("下列情况由统计方法给出，只说明数字之间的关系，不对单位和个人作结论。"),
        Points(_points(True)),
        Heading("分类情况", 2),
        _wide(True),
        Break(),
        Heading("附表"),
        _table(True),
        Paragraph("注：“—”为未报送，不等于零。", is_note=True),
    )


def _english() -> tuple:
    return (
        Heading("The quarter as a whole"),
        Paragraph(
            "In the third quarter 64 branches held 12,345 activities; 86% of what was due was held on schedule, 4 points more than "
            "in the second. The weeks were even on the whole, but three branches crowded theirs at the end. All numbers come from "
            "ledgers handed in; what was not handed in is not counted as zero."
        ),
        Tiles(_tiles(False)),
        Heading("Frequency", 2),
        Paragraph("Figure 1 shows the months: August is lower for the summer, September is the highest of the year."),
        picture("Activities per month, January to September 2024", WIDTH, 330, False),
        Paragraph("Note: September includes 14 activities recorded more than 30 days after they were held.", is_note=True),
        Heading("Due and held", 3),
        Paragraph("1,200 meetings were due and 1,032 held; 121 of the 168 missing ones can be made up by the end of November."),
        Heading("Participation", 2),
        Pair(picture("Attendance", HALF, 260, False), picture("Attendance by size of branch", HALF, 260, False)),
        Heading("Rhythm"),
        Paragraph("These are findings of statistics: they relate numbers and do not judge units or persons."),
        Points(_points(False)),
        Heading("By kind", 2),
        _wide(False),
        Break(),
        Heading("Annex"),
        _table(False),
        Paragraph("Note: “—” was not handed in; it is not zero.", is_note=True),
    )
