"""Every picture of the catalogue: drawn from its answer, drillable, in both themes and languages, without crashing on nulls."""

from __future__ import annotations

import json
import re
from types import FunctionType, SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from cadence import catalogue, queries, words
from cadence.charts import KINDS, NOT_DRAWN, draw, named, rows, spark, style
from tests.charts.conftest import marks
from tests.charts.frames import Answers

DRAWN = [id for id, entry in catalogue.entries().items() if entry.chart not in NOT_DRAWN and hasattr(Answers, id)]
"""Indicators with an invented answer: at least one for each kind of picture; a new indicator of a known kind needs none."""
KEYS = {"year", "week", "starts_on", "month", "day", "quarter", "period", "month_of_year", "layer", "weekday", "half", "third"}
"""Columns that an answer is made along; they are never null."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")


class Stand(dict):
    """A catalogue that translates everything: the Chinese is taken out, the values stay in."""

    def get(self, text: str, default: str = "") -> str:
        return CHINESE.sub("", text) or "word"


def latin(frame: pd.DataFrame) -> pd.DataFrame:
    """The answer with its Chinese data replaced, so that what is left of Chinese comes from the picture."""
    named = {value: f"x{place}" for place, value in enumerate(sorted({*filter(_is_chinese, frame.to_numpy().ravel())}))}
    return frame.replace(named)


def _is_chinese(value: object) -> bool:
    return isinstance(value, str) and bool(CHINESE.search(value))


@pytest.mark.parametrize("id", DRAWN)
class TestEveryPicture:
    """What holds for each."""

    def test_the_invented_answer_has_the_header(self, id: str, answers: Answers):
        """These tests draw what the query returns: the same columns."""
        assert set(getattr(answers, id)().columns) == {column.name for column in queries.indicator(id).columns}

    def test_every_mark_drills_down(self, id: str, picture):
        """Each mark carries unit, type, first and last day, as ids and ISO days."""
        for trace in marks(picture(id)):
            assert len(trace.customdata) == len(trace["r" if "r" in trace else "x"]), trace.name
            for unit, type, start, until, *_ in trace.customdata:
                assert isinstance(unit, str) and isinstance(type, str)
                assert all(re.fullmatch(r"(\d{4}-\d\d-\d\d)?", day) for day in (start, until))
                assert start <= until

    def test_it_says_only_what_goes_through_words(self, id: str, answers: Answers, monkeypatch):
        """Read in another language, no Chinese is left in the picture."""
        monkeypatch.setattr(words, "catalogue", lambda spoken: Stand())
        words.speak("en")
        figure = draw(catalogue.entry(id), latin(getattr(answers, id)()), compare=latin(getattr(answers, id)()))
        assert CHINESE.findall(json.dumps(json.loads(figure.to_json()), ensure_ascii=False).replace(style.FONT, "")) == []

    def test_dark_is_another_set_of_colours_on_no_background(self, id: str, picture):
        """Both themes are transparent; the ink differs."""
        light, dark = picture(id), picture(id, dark=True)
        assert {figure.layout.template.layout.paper_bgcolor for figure in (light, dark)} == {"rgba(0,0,0,0)"}
        assert light.layout.template.layout.font.color == style.LIGHT.ink
        assert dark.layout.template.layout.font.color == style.DARK.ink
        assert len(light.data) == len(dark.data)

    def test_columns_of_nulls_are_drawn_as_far_as_they_go(self, id: str, answers: Answers, picture):
        """Any column may be empty throughout; the picture still comes."""
        frame = getattr(answers, id)()
        for name in set(frame.columns) - KEYS:
            assert picture(id, frame.assign(**{name: None})).layout.height

    def test_an_empty_answer_says_so(self, id: str, answers: Answers, picture):
        """No rows: a sentence instead of an empty frame; a sparkline is just empty."""
        figure = picture(id, getattr(answers, id)().iloc[:0])
        if catalogue.entry(id).chart != "figure":
            assert figure.layout.annotations[0].text == "所选范围内没有数据"

    def test_a_single_row_is_drawn(self, id: str, answers: Answers, picture):
        """The smallest answer there is."""
        assert len(picture(id, getattr(answers, id)().iloc[:1]).data) >= 1

    def test_plotly_gets_arrays(self, id: str, picture):
        """numpy arrays, not lists: lists are checked value by value."""
        for trace in picture(id).data:
            for name in ("x", "y", "r", "theta", "base", "customdata", "hovertext"):
                assert name not in trace or isinstance(trace[name], np.ndarray | None), (trace.name, name)

    def test_the_height_stays_within_limits(self, id: str):
        """Two hundred units neither flatten the rows to nothing nor make an endless page."""
        figure = draw(catalogue.entry(id), getattr(Answers(200, range(2024, 2025)), id)())
        assert 40 <= figure.layout.height <= 2600


def test_every_drawn_kind_is_used():
    """No function without an indicator."""
    assert {catalogue.entry(id).chart for id in DRAWN} - {"figure"} == set(KINDS)


def test_two_kinds_of_one_name_are_refused():
    """None silently stands for the other; the error names both modules."""
    twin = FunctionType(rows.bars.__code__, {"__name__": "elsewhere"}, "bars")
    with pytest.raises(ValueError, match=r"two kinds are named “bars”: in cadence\.charts\.rows and elsewhere"):
        named(rows.bars, twin)


def test_tables_have_no_picture():
    """The rows are the picture."""
    assert draw(SimpleNamespace(id="x", chart="table", draws={}), pd.DataFrame({"a": [1]})) is None


def test_an_unknown_chart_is_named():
    """The error says which entry, which value, and what there is."""
    with pytest.raises(ValueError, match=r"\[x\] chart is “pie”; expected one of against, against_usual, bars"):
        draw(SimpleNamespace(id="x", chart="pie", draws={}), pd.DataFrame({"a": [1]}))


def test_a_spark_needs_no_entry(answers: Answers):
    """A headline figure draws its line from the answer's own column names."""
    assert spark(answers.yearend_share(), dark=True).layout.height < 60


def test_a_picture_for_the_wall_is_larger_throughout(answers: Answers):
    """Height, words, margins and dots grow by the same factor; the data and the shares of the plot stay."""
    figure = draw(catalogue.entry("due_held"), answers.due_held(), compare=answers.due_held())
    larger = style.enlarged(figure, 1.5)
    assert larger.layout.height == 1.5 * figure.layout.height and larger.layout.margin.r == 1.5 * figure.layout.margin.r
    assert larger.layout.template.layout.font.size == 1.5 * style.SIZE
    assert larger.data[-1].textfont.size == 1.5 * figure.data[-1].textfont.size
    assert "font-size:15px" in larger.layout.yaxis.ticktext[0] and "font-size:10px" in figure.layout.yaxis.ticktext[0]
    assert larger.data[3].marker.size == 1.5 * figure.data[3].marker.size
    assert [list(trace.x) for trace in larger.data] == [list(trace.x) for trace in figure.data]
    assert list(larger.layout.xaxis.range) == list(figure.layout.xaxis.range) and larger.layout.legend.y == figure.layout.legend.y


@pytest.mark.parametrize("id", DRAWN)
def test_every_picture_can_be_enlarged(id: str, answers: Answers):
    """Of every kind: the same traces, more height."""
    figure = draw(catalogue.entry(id), getattr(answers, id)())
    larger = style.enlarged(figure, 2)
    assert len(larger.data) == len(figure.data) and larger.layout.height == 2 * figure.layout.height
