"""Contracts: the seven that ship, and what a slip in one of them says."""

from datetime import date

import pytest

from cadence.sheets.columns import read_column
from cadence.sheets.contracts import contracts, load
from cadence.sheets.values import Setting
from cadence.sheets.vocabulary import activity_types, plain
from cadence.words import catalogue

GOOD = """
title = "表"
row = "一行"
key = ["unit"]
period = "unit"
[fields.unit]
title = "单位"
type = "unit"
required = true
headers = ["单位"]
"""


@pytest.fixture
def write(tmp_path):
    """A function that writes a contract file and returns its path."""

    def written(text):
        path = tmp_path / "things.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_the_seven_kinds_are_there():
    """All seven kinds load, each with a key and something required."""
    assert list(contracts()) == ["units", "activities", "plans", "tasks", "evaluations", "adjustments", "calendar"]
    assert all(contract.key and contract.required for contract in contracts().values())


def test_a_contract_is_read(write):
    """A file becomes a frozen contract."""
    contract = load(write(GOOD))
    assert contract.kind == "things" and contract.required == ("unit",) and contract.fields["unit"].headers == ("单位",)


def test_patterns_say_how_headers_are_built(write):
    """A pattern has to say the whole header; `<name>` stands for the alternatives of [words]."""
    text = GOOD.replace("[fields.unit]", '[words]\nwho = "被考核|责任"\n[fields.unit]') + "patterns = ['<who>(?:单位|部门)']\n"
    field = load(write(text)).fields["unit"]
    assert field.says("责任部门") and field.says("被考核单位")
    assert not field.says("单位") and not field.says("责任单位编码")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("title =", "titel ="), r"things\.toml has key 'titel'\. Not one of: .*title"),
        (("required", "requird"), r"things\.toml \[fields\.unit\] has key 'requird'"),
        (('"unit"\nrequired', '"untt"\nrequired'), r"things\.toml \[fields\.unit\] type has value 'untt'"),
        (('key = ["unit"]', 'key = ["nuit"]'), r"things\.toml key has value 'nuit'\. Not one of its fields: unit"),
        (('type = "unit"', 'type = "choice"'), r"A choice needs choices"),
        (('headers = ["单位"]', "patterns = ['<who>单位']"), r"patterns names <who>\. Not one of \[words\]: there are none"),
        (('headers = ["单位"]', "patterns = ['(单位']"), r"Not a regular expression"),
        (('row = "一行"\n', ""), r"things\.toml has no 'row'"),
    ],
)
def test_a_slip_names_file_and_key(write, change, said):
    """Unknown keys and values are errors that name the file and the key."""
    with pytest.raises(ValueError, match=said):
        load(write(GOOD.replace(*change, 1)))


def test_no_header_is_claimed_twice_without_need():
    """Two fields of one contract share a header only where values can decide: type or topic, date or clock time."""
    allowed = {("activity_type", "text"), ("date", "time")}
    for contract in contracts().values():
        seen = {}
        for field in contract.fields.values():
            for header in field.headers:
                other = seen.setdefault(plain(header), field)
                pair = tuple(sorted((other.type, field.type)))
                assert other is field or pair in allowed, (contract.kind, header, other.name, field.name)


def test_types_are_matched_by_their_longest_name():
    """The longest name comes first, so that “专题组织生活会” is not taken for a shorter one."""
    names = list(activity_types())
    assert names == sorted(names, key=len, reverse=True)


def test_every_example_can_be_read():
    """What a template shows as an example is a cell that the importer takes without a word."""
    for contract in contracts().values():
        for field in contract.fields.values():
            if field.example is not None:
                (value,) = read_column(field, [field.example], Setting(date(2026, 7, 3)))
                assert value.value is not None and not (value.reason or value.note or value.asks), (contract.kind, field.name)


def test_what_is_told_of_a_field_is_told_in_english_too():
    """`about` has its `about_en` beside it."""
    for contract in contracts().values():
        for field in contract.fields.values():
            assert not field.about or field.about in catalogue("en"), (contract.kind, field.name)
