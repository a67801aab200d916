"""Opening files: encodings, limits, and files that are not what they seem."""

import io
import subprocess
import sys
import zipfile

import pytest
import xlsxwriter

from cadence.sheets import formats, read_files
from cadence.sheets.cells import Worker, open_files
from cadence.sheets.delimited import decode, read
from cadence.words import Message
from tests.sheets.books import context, text, xlsx

GRID = [["单位", "日期"], ["甲支部", "2024-03-05"]]
GOOD = ("good.xlsx", xlsx({"一": (GRID, ())}))


def zipped(**entries):
    """A zip with these entries."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("~$台账.xlsx", b"\x08lock", "锁文件"),
        ("空.xlsx", b"", "空文件"),
        ("加密.xlsx", formats.OLE2 + b"\0" * 100 + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        ("信.doc", formats.OLE2 + "WordDocument".encode("utf-16-le"), "Word"),
        ("照片.xlsx", b"\x89PNG\r\n\x1a\n0000", "图片"),
        ("报告.xlsx", b"%PDF-1.7 ...", "PDF"),
        ("导出.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("旧.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "XML"),
        ("二进制.xlsb", zipped(xl__workbook="", **{"xl/workbook.bin": "x"}), "xlsb"),
        ("文档.xlsx", zipped(**{"word/document.xml": "x"}), "Word"),
        ("压缩.xlsx", zipped(**{"a.txt": "x"}), "压缩包"),
        ("截断.xlsx", GOOD[1][: len(GOOD[1]) // 2], "不完整"),
        ("随机.xlsx", bytes(range(256)) * 20, "认不出"),
    ],
)
def test_what_a_file_is_instead(name, data, said):
    """A file that is no spreadsheet is refused with what it is, and the file beside it is read."""
    refused, fine = read_files([(name, data), GOOD], context())
    assert said in str(refused.reason) and not refused.sheets
    assert fine.reason is None and fine.sheets


def test_a_cell_far_away_is_refused_before_opening():
    """A tiny workbook that spans the whole grid is refused by its cells."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    sheet.write(0, 0, 1)
    sheet.write(1048575, 16383, 1)
    book.close()
    (found,) = open_files([("bomb.xlsx", target.getvalue())])
    assert "范围异常巨大" in str(found)


def test_the_child_dies_and_only_its_file_is_refused(monkeypatch):
    """What slips through the check and kills the child refuses that file only; the next is opened by a new child."""
    monkeypatch.setattr(formats, "MAX_SPAN", 10**18)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    sheet.write(0, 0, 1)
    sheet.write(1048575, 16383, 1)
    book.close()
    bomb, fine = open_files([("bomb.xlsx", target.getvalue()), GOOD])
    assert isinstance(bomb, Message) and "已安全中止" in str(bomb)
    assert fine.sheets[0].rows == GRID


def test_an_inflated_zip_is_refused(monkeypatch):
    """A zip that unpacks to far more than it shows is refused."""
    monkeypatch.setattr(formats, "SMALL_INFLATED", 10_000)
    monkeypatch.setattr(formats, "MAX_RATIO", 1)
    (found,) = open_files([("bomb.xlsx", zipped(**{"xl/worksheets/sheet1.xml": "0" * 20_000}))])
    assert "异常庞大" in str(found)


def test_one_child_serves_all_files_of_a_call(monkeypatch):
    """Start-up is paid once."""
    from cadence.sheets import cells

    started = []
    monkeypatch.setattr(cells, "start", lambda start=cells.start: started.append(1) or start())
    open_files([GOOD, GOOD, GOOD])
    assert len(started) == 1


def test_the_caller_needs_no_main_guard(tmp_path):
    """A script without a main guard, started elsewhere, can open workbooks."""
    (tmp_path / "a.xlsx").write_bytes(GOOD[1])
    code = "from cadence.sheets.cells import open_files\nfile = ('a.xlsx', open('a.xlsx', 'rb').read())\n"
    code += "print(open_files([file])[0].sheets[0].name)"
    (tmp_path / "script.py").write_text(code)
    from cadence.sheets.cells import ROOT

    done = subprocess.run(
        [sys.executable, "script.py"], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "一"


def test_the_parent_takes_plain_values_only():
    """A child that sends anything but plain values is treated as crashed."""
    worker = Worker()
    evil = b"import pickle,os,sys\npickle.load(sys.stdin.buffer)\npickle.dump(os.getcwd, sys.stdout.buffer)\n"
    worker.process = subprocess.Popen([sys.executable, "-c", evil], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert worker.read(b"x") == {"error": "crash"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(encoding):
    """Text is decoded by a fixed chain, down to two rows of GBK."""
    decoded, _ = decode("单位,日期\n甲支部,2024-03-05\n".encode(encoding))
    assert decoded == "单位,日期\n甲支部,2024-03-05\n"


@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_delimiters(sign):
    """Commas, tabs and semicolons are told apart, quoted commas left alone."""
    rows = [["单位", "主题", "人数"], ["甲支部", "学习,研讨", "3"], ["乙支部", "党课", "4"]]
    assert list(read(text(rows, delimiter=sign).decode("utf-8-sig"))) == rows


def test_an_answer_switches_the_encoding():
    """The encoding of a file can be given as an answer."""
    data = text([["单位", "日期", "活动类型"], ["甲支部", "2024-03-05", "党课"]], "gbk")
    (reading,) = read_files([("a.csv", data)], context(answers={"encoding:a.csv": "latin-1"}))
    assert reading.encoding == "latin-1" and reading.sheets[0].verdict == "refuse"
    (reading,) = read_files([("a.csv", data)], context())
    assert reading.encoding == "gb18030" and reading.sheets[0].verdict == "import"
