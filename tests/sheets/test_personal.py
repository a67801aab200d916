"""Personal data: told by value and by header, blotted out or dropped before anything is kept, and nothing else is eaten."""

from __future__ import annotations

import io
import json
import logging

import pytest

from cadence import batches, engine
from cadence.sheets import as_json, personal, read_files
from cadence.sheets.cells import Sheet, open_files
from cadence.sheets.contracts import contracts
from cadence.sheets.people import is_name, list_of_names
from cadence.store import Store
from tests.sheets.books import context, fields, file, read, xlsx

HEAD = ["党支部", "活动类型", "活动日期"]
ROW = ["甲支部", "党课", "2024-03-05"]
IDENTITY = "11010519491231002X"
OLD_IDENTITY = "130503670401001"
CARD = "6222021234567890128"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"证号{IDENTITY}。", "证号‹身份证号›。"),
        (f"张三{IDENTITY.lower()}李四", "张三‹身份证号›李四"),
        ("110105 19491231 002X", "‹身份证号›"),
        ("１１０１０５１９４９１２３１００２Ｘ", "‹身份证号›"),
        (f"旧证{OLD_IDENTITY}号", "旧证‹身份证号›号"),
        ("身份证号：110105194912310021", "身份证号：‹身份证号›"),
        ("请联系13812345678", "请联系‹手机号›"),
        ("138 1234 5678、139-1234-5678", "‹手机号›、‹手机号›"),
        ("+86 13812345678", "‹手机号›"),
        ("8613812345678", "‹手机号›"),
        ("13812345678.0", "‹手机号›"),
        (f"{OLD_IDENTITY}.0", "‹身份证号›"),
        ("１３８１２３４５６７８", "‹手机号›"),
        ("Tel:13812345678", "Tel:‹手机号›"),
        ("tel13812345678", "tel‹手机号›"),
        ("张三13812345678李四13912345678", "张三‹手机号›李四‹手机号›"),
        ("电话：010-66668888转1", "电话：‹电话号码›转1"),
        ("邮箱zhang.san@x.gov.cn，", "邮箱‹邮箱›，"),
        ("微信号zhangsan88", "微信号‹微信或QQ号›"),
        ("QQ：123456789", "QQ：‹微信或QQ号›"),
        (f"卡号{CARD}", "卡号‹银行卡号›"),
        ("6222 0212 3456 7890 128", "‹银行卡号›"),
        ("主持人：张三、欧阳修；记录人: 王小五", "主持人：‹姓名›、‹姓名›；记录人: ‹姓名›"),
        ("负责人（签字）：张伟", "负责人（签字）：‹姓名›"),
    ],
)
def test_what_is_blotted_out(text, kept):
    """Numbers with their check digits, in any width and spacing, within any text; names behind a label."""
    assert personal.redacted(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "党发〔2024〕12号",
        "文号202403051234567",
        "20240305001234567",
        "202403050012345678",
        "110105194912310021",
        "110105194913310021",
        "统一社会信用代码91110108MA01ABCD2X",
        "11100000000013338W",
        "123456789012345678",
        "SN13812345678",
        "编号2024-13812345678",
        "12812345678",
        "138123456789",
        "13812345678.50",
        "13812345678元",
        "预算13812345678 万元",
        "0.13812345678",
        "2024-03-05 14:00-16:00",
        "2024年3月5日至2024年4月5日",
        "6222021234567890127",
        "QQ群：123456789",
        "微信公众号推送3篇",
        "电话会议3次",
        "会议：学习贯彻",
        "负责人：党建办公室",
        "出席人员：全体党员",
        "责任单位：高新区党委",
        "议题：高质量发展",
        "汇报：安全、方案",
        "负责人：任务",
        "任务编号：RW-2024-001",
        "1/2/3",
        "3.1415926535897",
    ],
)
def test_what_stays(text):
    """Serial numbers, documents, amounts, dates, codes of organisations and labels without names stay as they are."""
    assert personal.redacted(text) == text


def test_check_digits():
    """An identity number needs a region, a day and its check digit; each wrong digit is found."""
    assert personal.valid_identity(IDENTITY) and not personal.valid_identity(IDENTITY[:-1] + "1")
    assert not personal.valid_identity("00" + IDENTITY[2:]) and not personal.valid_identity(
        IDENTITY[:6] + "19491331" + IDENTITY[14:]
    )
    assert all(not personal.valid_identity(IDENTITY[:16] + digit + "X") for digit in "013456789")
    assert personal.luhn(CARD) and not personal.luhn(CARD[:-1] + "7")


@pytest.mark.parametrize(
    "header",
    [
        "身份证号", "公民身份证号码", "手机号", "联系电话", "联系方式", "办公电话", "家庭住址",
        "地址", "通讯地址", "户籍所在地", "籍贯",
        "民族", "出生年月", "出生日期", "入党时间", "入党日期", "转正日期", "政治面貌", "电子邮箱",
        "E-mail", "微信", "微信号", "QQ号",
        "银行卡号", "开户行及账号", "性别", "学历", "工号", "基本信息·手机",
    ],
)  # fmt: skip
def test_headers_that_announce_personal_data(header):
    """The usual headers of personal columns."""
    assert personal.by_header(header)


@pytest.mark.parametrize(
    "header",
    [
        "少数民族党员数", "党员平均年龄", "党龄10年以下党员数",
        "电话会议次数", "民族团结进步活动", "微信公众号", "活动地址", "大专以上学历人数",
        "出生率", "民族工作", "主题",
        "任务编号", "文号", "金额", "手机报期数", "性别比例",
    ],
)  # fmt: skip
def test_headers_that_do_not(header):
    """Counts, and words that only hold such a word."""
    assert not personal.by_header(header)


def test_no_field_is_eaten():
    """No header that a contract accepts is taken for personal data, and none is taken for people but those of persons."""
    for contract in contracts().values():
        for field in contract.fields.values():
            for header in (field.title, *field.headers):
                assert not personal.by_header(header), header


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("附注", ["汉族", "回族", "满族"]),
        ("附注", ["汉", "汉", "满", "回"]),
        ("附注", ["幸福小区3栋2单元501", "朝阳新村12号", "光明家属院4号楼"]),
        ("附注", [IDENTITY, IDENTITY, "无"]),
        ("附注", ["13812345678", "010-66668888", "139-1234-5678"]),
        ("附注", [13812345678.0, 13912345678.0]),
        ("附注", ["a@b.cn", "c@d.cn", "e@f.cn"]),
        ("出席", ["张伟、李娜", "王芳", "刘洋、陈静"]),
        ("支部书记", ["张伟", "李娜"]),
        ("班子成员", ["张伟", "李娜"]),
        ("主持人员", ["张伟", "李娜"]),
    ],
)
def test_columns_dropped_by_value_or_header(header, cells):
    """A column that holds nothing but such things is dropped under any header, and told with its number of cells."""
    sheet = read([[*HEAD, header], *[["甲支部", "党课", f"2024-03-0{n}", cell] for n, cell in enumerate(cells, 1)]])
    assert sheet.dropped == [header] and sheet.dropped_cells == len(cells) and sheet.private == ["D"]
    assert all(list(json.loads(source)) == HEAD for source in sheet.tables[0].sources)


def test_a_personal_column_without_a_header():
    """It is named by its letter; other columns without a header keep their texts."""
    sheet = read([[*HEAD, None, None], [*ROW, IDENTITY, "甲"], [*ROW[:2], "2024-03-06", IDENTITY, "乙"]])
    assert sheet.dropped == ["D"] and sheet.private == ["D"] and sheet.dropped_cells == 2
    assert [json.loads(source)["[E]"] for source in sheet.tables[0].sources] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("附注", ["好", "满", "优"]),
        ("附注", ["13812345678", "已办", "完成", "无误", "良好"]),
        ("附注", ["2024030500123", "2024030500124"]),
        ("附注", ["方案", "任务", "高度重视"]),
        ("活动地点", ["幸福小区3栋2单元会议室", "朝阳新村12号", "光明家属院4号楼"]),
        ("党员人员数", [12, 13]),
    ],
)
def test_columns_kept(header, cells):
    """Ordinary columns stay, also where a single cell had to be blotted out."""
    sheet = read([[*HEAD, header], *[["甲支部", "党课", f"2024-03-0{n}", cell] for n, cell in enumerate(cells, 1)]])
    assert sheet.dropped == [] and all(header in source for source in sheet.tables[0].sources)
    assert sheet.redacted == ({"mobile": 1} if "13812345678" in cells else {})


def test_cells_that_were_blotted_out_are_counted():
    """Free text keeps its words; the reading says from how many cells what was taken."""
    rows = [
        [*HEAD, "主题", "备注"],
        [*ROW, f"慰问张三（{IDENTITY}）", "13812345678、13912345678"],
        [*ROW[:2], "2024-03-06", "学习", "好"],
    ]
    rows += [[*ROW[:2], f"2024-03-1{n}", "学习", "好"] for n in range(3)]
    sheet = read(rows)
    assert fields(sheet)["topic"][0] == "慰问张三（‹身份证号›）" and sheet.redacted == {"identity": 1, "mobile": 1}
    (shown,) = as_json(read_files([("a.xlsx", xlsx({"一": (rows, ())}))], context()))["files"][0]["sheets"]
    assert shown["redacted"] == sheet.redacted and shown["dropped_cells"] == 0


def test_names_above_columns():
    """Raters who are columns become tokens; their names stand nowhere."""
    rows = [
        ["2024年一季度考评打分", None, None, None, None],
        ["被考核单位", "考核指标", "评委", None, None],
        [None, None, "张伟", "李娜", "王芳"],
        ["甲支部", "党建工作", 90, 91, 92],
        ["乙支部", "党建工作", 93, 94, "坏"],
        *[[f"{unit}支部", "党建工作", 93, 94, 95 + n] for n, unit in enumerate("丙丁戊")],
    ]
    sheet = read(rows, [(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4)])
    table = sheet.tables[0]
    assert len(set(table.fields["rater"])) == 3 and all(len(rater) == 12 for rater in table.fields["rater"])
    said = str(sheet) + json.dumps(as_json(read_files([("a.xlsx", xlsx({"一": (rows, [(1, 2, 1, 4)])}))], context())))
    assert not [name for name in ("张伟", "李娜", "王芳") if name in said]


def test_signatures_below_a_table():
    """Names in rows that are passed over are not repeated in the reasons."""
    rows = [[*HEAD, "主题"], [*ROW, "学习"], ["审核：张伟", None, None, "填表人：李娜"], ["王芳"], ["联系电话：13812345678"]]
    assert not [name for name in ("张伟", "李娜", "王芳", "138") if name in str(read(rows))]


def test_names_of_people():
    """A surname and one or two signs; organs, headers and longer words are no names."""
    assert all(map(is_name, ["张三", "欧阳修", "李 明", "买买提·艾力", "司马相如"]))
    assert not any(map(is_name, ["党支部", "高新区", "任务", "王府井大街", "学习", "张"]))
    assert list_of_names("张三、李四 王五") and not list_of_names("张三、学习") and not list_of_names("")


def test_a_sheet_without_personal_data_is_the_same_object():
    """Nothing is copied where nothing is found."""
    sheet = Sheet("一", [HEAD, ROW])
    assert personal.veiled(sheet) is sheet and not sheet.veiled


def test_veiled_leaves_its_argument_alone():
    """The sheet that comes in keeps its cells; the one that comes out has none of the numbers, whatever their type."""
    rows = [["电话"], ["13812345678"], [13812345678.0], [110105194912310020.0], [130503670401001], [12.5], [None]]
    sheet = Sheet("13812345678", rows)
    assert [row[0] for row in personal.veiled(sheet).rows] == [
        "电话", "‹手机号›", "‹手机号›", "‹身份证号›", "‹身份证号›", 12.5, None,
    ]  # fmt: skip
    assert personal.veiled(sheet).name == "‹手机号›" and rows[1] == ["13812345678"]


PLANTED = {
    "identity": IDENTITY, "old": OLD_IDENTITY, "mobile": "13812345678", "mobile2": "15987654321", "spaced": "138 0013 8000",
    "phone": "66668888", "email": "zhangsan@example.gov.cn", "wechat": "zhangsan_88", "qq": "987654321", "card": CARD,
    "host": "诸葛建国", "recorder": "欧阳晓明", "speaker": "司徒美玲", "attendant": "慕容雪梅",
    "rater": "上官云飞", "secretary": "皇甫国强",
    "address": "幸福小区3栋2单元501室", "nation": "鄂温克族", "native": "黑龙江漠河", "born": "1971-07-13", "joined": "1998-06-29",
}  # fmt: skip


def planted_files():
    """A drop with personal data in every place where people put it."""
    p = PLANTED
    head = ["党支部", "活动类型", "活动日期", "主题", "主持人", "记录人", "主讲人", "参加人员",
    "支部书记", "身份证号", "联系电话", "家庭住址",
            "民族", "籍贯", "出生年月", "入党时间", "邮箱", "微信", "银行卡", "备注",
            "附注", "应到人数", p["mobile2"], f"联系{p['mobile']}"]  # fmt: skip
    rest = [p["host"], p["recorder"], p["speaker"], p["attendant"], p["secretary"], p["identity"], p["mobile"], p["address"],
            p["nation"], p["native"], p["born"], p["joined"], p["email"], p["wechat"], p["card"]]  # fmt: skip
    notes = [
        f"电话{p['mobile']}，证{p['identity']}，旧证{p['old']}，{p['spaced']}",
        f"微信：{p['wechat']}；QQ号{p['qq']}；邮箱{p['email']}",
        f"卡{p['card']}；电话：010-{p['phone']}；主持人：{p['host']}",
    ]  # fmt: skip
    rows = [[f"2024年活动台账 联系电话：{p['mobile']}"], [f"填报人：{p['recorder']}", f"负责人：{p['host']}"], head]
    rows += [
        ["甲支部", "党课", f"2024-03-0{n + 1}", note, *rest, note, p["identity"], 10, "x", "y"] for n, note in enumerate(notes)
    ]
    rows.append(["甲支部", f"午餐会{p['mobile']}", "2024-03-09", "好", *rest, "", p["identity"], f"{p['mobile']}人", "x", "y"])
    rows.append([f"乙支部{p['identity']}", "党课", p["mobile"], "好", *rest, "", p["identity"], -5, "x", "y"])
    rows.append(["甲支部", "党课", "2024-03-12", "好", *rest, "", float(p["old"]), float(p["mobile"]), "x", "y"])
    rows += [[f"审核：{p['host']}", None, f"填表人：{p['recorder']}"], [p["speaker"]], [f"合计 {p['mobile']}", None, None, 5]]
    wide = [
        ["2024年一季度考评", None, None, None], ["被考核单位", "考核指标", "评委", None], [None, None, p["rater"], p["host"]],
        *[[f"{unit}支部", "党建工作", 90, 91 + n] for n, unit in enumerate("甲丙丁戊")], ["乙支部", f"工作{p['mobile']}", 92, "坏"],
    ]  # fmt: skip
    monthly = [["2024年支委会"], ["党支部", "主持人", "4月", "1月", "2月", "3月"], ["甲支部", p["host"], 1, 1, 1, 1]]
    sheets = {f"台账{p['mobile']}": (rows, ()), "考评": (wide, [(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3)]), "月度": (monthly, ())}
    return [
        (f"台账{p['mobile']}_{p['identity']}.xlsx", xlsx(sheets)),
        *(file(kind, rows, name=f"{kind}{p['mobile']}") for kind in ("xls", "ods", "csv", "gbk")),
        (f"{p['mobile']}.pdf", b"%PDF-1.7"),
    ]


def leaks(text):
    """The planted strings that stand in a text."""
    return {name for name, secret in PLANTED.items() if secret in text}


@pytest.mark.parametrize("register", [False, True])
def test_nothing_personal_is_kept(tmp_path, caplog, register):
    """Planted everywhere, found nowhere: not in the readings, their JSON, any column of any table, the file's bytes, the log."""
    path = tmp_path / "cadence.duckdb"
    store = engine.ready(Store(str(path)))
    with caplog.at_level(logging.DEBUG):
        if register:
            names = file("xlsx", [["党组织名称", "党员总数", "党小组数"], ["甲支部", 5, 1]], name="2024年一季度组织名册")
            batches.commit(store, batches.read(store, [names]))
        readings = batches.read(store, planted_files())
        receipt = batches.commit(store, readings)
    assert receipt.counts.fresh > 5 and {"activities", "evaluations"} <= set(receipt.by_kind)
    assert leaks(str(readings)) == set() and leaks(json.dumps(as_json(readings), ensure_ascii=False)) == set()
    with store.cursor() as cursor:
        tables = cursor.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
        assert len(tables) > 10
        for (table,) in tables:
            assert leaks(str(cursor.execute(f"select * from {table}").fetchall())) == set(), table
        hosts = cursor.execute("select distinct host from raw.activities where host is not null").fetchall()
    assert hosts and all(len(host) == 12 for (host,) in hosts)
    store.close()
    content = io.BytesIO(b"".join(part.read_bytes() for part in tmp_path.iterdir())).getvalue()
    assert len(content) > 10_000 and not [name for name, secret in PLANTED.items() if secret.encode() in content]
    assert leaks(caplog.text) == set()


def test_the_scan_finds_what_is_planted():
    """Planted: the files do hold every string that is looked for."""
    opened = open_files(planted_files())
    raw = str(opened[0].sheets)
    assert "‹手机号›" in raw and PLANTED["mobile"] not in raw
    unveiled = str(planted_files.__code__.co_consts) + str(list(PLANTED.values()))
    assert leaks(unveiled) == set(PLANTED)
    (csv,) = (data for name, data in planted_files() if name.startswith("csv"))
    missing = set(PLANTED) - leaks(csv.decode("utf-8-sig"))
    assert missing == {"rater"}
