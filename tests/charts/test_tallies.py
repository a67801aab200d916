"""Lists with a number each: counts and shares, groups, the rest, and what no ledger has."""

from __future__ import annotations

from cadence import words
from tests.charts.conftest import marks, named


def test_counts_are_as_long_as_they_are(picture, answers):
    """Without a whole, a bar is its count, and the count stands at its end."""
    figure = picture("topic_focus")
    assert list(named(figure, "切口小的词").x) == list(answers.topic_focus()["held"][:5])
    assert figure.data[-1].text[0].strip() == "57"


def test_a_group_to_look_at_differs_by_more_than_colour(picture):
    """Large words and old forms are hatched."""
    figure = picture("topic_focus")
    assert named(figure, "题目大的词").marker.pattern.shape != named(figure, "切口小的词").marker.pattern.shape
    assert named(picture("stale_forms"), "所选三样").marker.pattern.shape == "/"


def test_shares_are_of_the_stated_whole(picture):
    """60 % of 325, with both numbers; below five no share, of nothing no column."""
    figure = picture("procedure")
    told = [text.replace("\u00a0", "") for text in figure.data[-1].text]
    assert told[0] == "<b>60%</b> 195/325" and told[1] == "台账没有这一列" and told[5] == "样本不足"
    assert abs(marks(figure)[0].x[0] - 0.6) < 1e-9


def test_the_rest_is_written_without_a_bar(picture):
    """All the others together would dwarf what is told."""
    figure = picture("stale_forms")
    assert named(figure, "其他形式").x[-1] == 0 and "<b>69%</b> 574/827" in figure.data[-1].text[-1]


def test_what_is_not_said_is_grey(picture):
    """Not said is no fifth entry point."""
    figure = picture("entry_points")
    assert len({trace.marker.color for trace in marks(figure)}) == 2


def test_days_stand_beside_and_are_opened_by_a_click(picture):
    """A topic held by everybody at once leads to the days of its wave."""
    figure = picture("herding")
    assert list(marks(figure)[0].customdata[0]) == ["", "", "2024-03-04", "2024-03-10"]
    assert "2024年3月4日" in figure.data[-1].text[0]


def test_nothing_of_the_kind_is_said_in_words(picture, answers):
    """An answer that only says that there is none is no empty frame."""
    frame = answers.herding().iloc[:1].assign(topic=None, branches=None, starts_on=None, ends_on=None)
    assert picture("herding", frame).layout.annotations[0].text == "所选范围内没有这样的情形"


def test_long_words_take_lines(picture):
    """A topic is wrapped, and shortened past two lines."""
    labels = picture("herding").layout.yaxis.ticktext
    assert "<br>" in labels[0] and all(label.count("<br>") <= 2 for label in labels)


def test_the_ledgers_own_words_are_not_translated(picture):
    """A form is data: it stays as the ledger words it for every reader, even where the product knows an English word."""
    words.speak("en")
    labels = picture("stale_forms").layout.yaxis.ticktext
    assert labels[0] == "集中学习" and labels[-1] == "All the others"


def test_a_click_on_a_word_or_a_form_leads_to_its_activities(picture, answers):
    """The fifth value of a mark is the word; the bar of all the others has none, and other tallies have four values."""
    words = {row[4] for trace in marks(picture("topic_focus")) for row in trace.customdata}
    assert words == set(answers.topic_focus()["word"])
    assert [row[4] for row in named(picture("stale_forms"), "其他形式").customdata][-1] == ""
    assert {len(row) for trace in marks(picture("procedure")) for row in trace.customdata} == {4}
