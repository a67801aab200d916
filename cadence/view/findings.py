"""The sentences that open a page: what is worth checking (提示核实), each number a link to the rows behind it."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import streamlit as st

from cadence import answers, catalogue, filters
from cadence.catalogue import Entry, Reading
from cadence.filters import Filters
from cadence.view import frame, house
from cadence.words import plain, say

FEWEST, MOST = 3, 6
"""Sentences shown: below the fewest, the page's own headline figures speak as well; what is beyond the most stands on its page."""
ICONS = {"high": ":material/priority_high:", "medium": ":material/visibility:", "low": ":material/more_horiz:"}
START, STOP = "\x02", "\x03"
"""Around each number of a sentence, until the sentence has become Markdown."""


def findings(*pages: str) -> None:
    """What these pages' indicators find worth checking: the more severe first, then in the order of the pages.

    Where several pages speak and fewer than three rules do, the headline figures of the first page say how things stand.
    """
    store = house.store()
    chosen = filters.read(store)
    asked = filters.chosen(store, chosen)
    seen = answers.findings(store, pages, asked, _marked)
    found = seen.worth_checking
    if not seen.judged and len(pages) == 1:
        return
    with st.container(border=True, key="findings", gap="small"):
        if found:
            st.markdown(f"**:material/visibility: {say('提示核实')}**")
        else:
            st.markdown(f":material/{'check_circle' if seen.judged else 'hourglass_empty'}: {seen.calm}")
        for entry, reading in found[:MOST]:
            _line(entry, reading, chosen, ICONS[reading.severity])
        if len(pages) > 1 and len(found) < FEWEST:
            figures = [entry for entry in catalogue.entries().values() if entry.page == pages[0] and entry.chart == "figure"]
            said = [(entry, answers.answer(store, entry.id, asked).told(_marked)) for entry in figures]
            calm = [(entry, reading) for entry, reading in said if reading and reading.tone != "look"]
            for entry, reading in calm[: FEWEST - len(found)]:
                _line(entry, reading, chosen, ":material/check:")
        if len(found) > MOST:
            st.caption(say("另有 {n} 项，见各页。", n=len(found) - MOST))


def _marked(number: str) -> str:
    """A number of a sentence, marked as one that leads to the rows behind it."""
    return f"{START}{number}{STOP}"


def _line(entry: Entry, reading: Reading, chosen: Filters, icon: str) -> None:
    """Subject and sentence; both lead to the rows behind it with what the reader has chosen."""
    page = _evidence(entry)
    address = f"{page}?{urlencode(chosen.query(), doseq=True)}"
    with st.container(key=f"finding_{entry.id}"):
        name, sentence = st.columns([1, 4], gap="small")
        name.page_link(frame.pages()[page], label=say(entry.title), icon=icon, query_params=chosen.query())
        sentence.markdown(linked(reading.say, address))


def _evidence(entry: Entry) -> str:
    """The page that shows what a sentence rests on; what the overview says itself rests on the list of activities."""
    if entry.page != frame.FIRST:
        return entry.page
    return "records" if entry.n else "spreadsheets"


def linked(text: str, address: str) -> str:
    """A sentence as Markdown, its marked numbers links to an address."""
    return re.sub(f"{START}(.*?){STOP}", lambda number: f"[{number[1]}]({address})", plain(text))
