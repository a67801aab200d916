"""The choices that every page shares: the URL in, a Selection for the indicators out. The URL is the only place they are kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from cadence import queries, rules, selection, words
from cadence.charts import wording
from cadence.selection import Period, Selection, SelectionError
from cadence.store import Store
from cadence.words import say

CUSTOM = "months"
COMPARISONS = {"last_year": "同比", "previous": "环比", "none": "不比"}
LABELS = {"preset": "同步清单", "stale_forms": "老套形式"}
"""Choices that stand on a card."""


@dataclass(frozen=True)
class Filters:
    """What the reader chose, by language-neutral ids; what is empty means the default: newest year, every unit, every kind, now."""

    lang: str = "zh"
    period: str = ""
    unit: str = ""
    types: tuple[str, ...] = ()
    compare: str = "last_year"
    preset: str = "five"
    stale_forms: str = "lecture"
    asof: str = ""
    present: str = ""

    def query(self) -> dict[str, Any]:
        """The URL's parameters: only what differs from the default."""
        default = asdict(Filters(lang=_default_language()))
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value != default[name]
        }


@dataclass(frozen=True)
class Offer:
    """What there is to choose from: the unit tree and the months handed in."""

    tree: pd.DataFrame
    months: pd.DataFrame

    @property
    def years(self) -> list[int]:
        """Years with anything handed in, newest first."""
        return sorted({month.year for month in self.months["month"]}, reverse=True)

    @property
    def periods(self) -> list[str]:
        """Years and quarters with anything handed in, newest first."""
        quarters = {(month.year, (month.month + 2) // 3) for month in self.months["month"]}
        return [id for year in self.years for id in [f"{year}", *(f"{year}Q{q}" for q in (4, 3, 2, 1) if (year, q) in quarters)]]


@st.cache_data(show_spinner=False, max_entries=8)
def _offer(path: str, version: int, _store: Store) -> Offer:
    return Offer(queries.ask(_store, "unit_tree", {}), queries.ask(_store, "months_covered", {}))


def offer(store: Store) -> Offer:
    """What the store has to choose from."""
    return _offer(store.path, store.version, store)


def read(store: Store) -> Filters:
    """The filters of the URL; a value that is not on offer falls back to its default."""
    given, here = st.query_params, offer(store)
    lang = given.get("lang", _default_language())
    unit, compare = given.get("unit", ""), given.get("compare", "last_year")
    picked = {name: given.get(name, "") for name in selection.OPTIONS}
    return Filters(
        lang=lang if lang in words.LANGUAGES else _default_language(),
        period=_period(given.get("period", ""), here).id,
        unit=unit if unit in set(here.tree["unit"]) else "",
        types=tuple(kind for kind in rules.types() if kind in given.get_all("types")),
        compare=compare if compare in COMPARISONS else "last_year",
        asof=as_of(),
        present="1" if given.get("present") == "1" else "",
        **{name: list for name, list in picked.items() if list in selection.lists(name)},
    )


def as_of() -> str:
    """The batch whose time the reader looks at, as the URL says; empty for now."""
    asked = st.query_params.get("asof", "")
    return asked if re.fullmatch(r"[1-9]\d{0,8}", asked) else ""


def write(filters: Filters) -> None:
    """Put the filters into the URL; other parameters stay; nothing is sent where nothing changed."""
    names = set(asdict(Filters()))
    now = query()
    kept = {name: values for name, values in now.items() if name not in names}
    new = kept | {name: value if isinstance(value, list) else [value] for name, value in filters.query().items()}
    if new != now:
        st.query_params.from_dict(new)


def query() -> dict[str, list[str]]:
    """The URL's parameters as they are."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def chosen(store: Store, filters: Filters) -> Selection:
    """The selection that the indicators are asked with: every unit below the chosen one, every chosen kind, listed."""
    here = offer(store)
    return Selection(
        period=_period(filters.period, here),
        units=selection.subtree(here.tree, filters.unit),
        types=selection.known_types(filters.types, tuple(rules.types())),
        preset=filters.preset,
        stale_forms=filters.stale_forms,
    )


def scope(filters: Filters) -> str:
    """What is chosen, in one line: period, unit, kinds."""
    kinds = say("、").join(say(rules.types()[kind].title) for kind in filters.types) or say("全部类型")
    return " · ".join((wording.period(filters.period), filters.unit or say("全部单位"), kinds))


def draw(store: Store, filters: Filters, page: str, only_language: bool = False) -> None:
    """The filters in the sidebar; where nothing is filtered, only the language. What is not drawn keeps its place in the URL."""
    drawer = _Drawer(store, filters, page)
    with st.sidebar.container(key="filters", gap="small"):
        if offer(store).periods and not only_language:
            drawer.period()
            names, kinds = unit_names(offer(store).tree), {id: say(kind.title) for id, kind in rules.types().items()}
            drawer.widget(st.selectbox, "unit", say("单位"), ["", *names], lambda unit: names.get(unit, say("全部单位")))
            drawer.widget(st.multiselect, "types", say("活动类型"), list(kinds), kinds.get, placeholder=say("全部类型"))
            drawer.choice("compare", say("对比"), {id: say(text) for id, text in COMPARISONS.items()})
        drawer.choice("lang", say("语言"), words.LANGUAGES)


def draw_option(option: str, store: Store, filters: Filters, page: str) -> None:
    """The choice between the report's lists, on the card that depends on it."""
    _Drawer(store, filters, page).choice(
        option, say(LABELS[option]), {id: say(title) for id, title in selection.lists(option).items()}
    )


def unit_names(tree: pd.DataFrame) -> dict[str, str]:
    """Unit → its name indented by its depth in the tree; with tabs, to which style.css gives a width in the open list alone."""
    return {unit: "\t" * int(depth) + unit for unit, depth in zip(tree["unit"], tree["depth"], strict=True)}


@dataclass(frozen=True)
class _Drawer:
    """Draws widgets whose values come from the URL and go back into it when picked.

    Each page and language has widgets of its own: Streamlit forgets a widget's value where the page changes, and a shared one
    would come back with its default and wipe the URL. A value is assigned only where it differs, or a click under way is lost.
    """

    store: Store
    filters: Filters
    page: str

    def period(self) -> None:
        """Years and quarters, or two months of one's own."""
        here = offer(self.store)
        shown = self.filters.period if self.filters.period in here.periods else CUSTOM
        self.widget(st.selectbox, "period", say("时间"), [*here.periods, CUSTOM], _option_words, value=shown)
        if shown != CUSTOM:
            return
        period = selection.period(self.filters.period)
        ends = {"from": f"{period.start:%Y-%m}", "to": f"{period.until:%Y-%m}"}
        months = sorted({f"{month:%Y-%m}" for month in here.months["month"]} | set(ends.values()))
        for column, name, label in zip(st.columns(2), ends, (say("从"), say("到")), strict=True):
            self.widget(column.selectbox, name, label, months, str, value=ends[name])

    def choice(self, name: str, label: str, options: Mapping[str, str]) -> None:
        """One of a few."""
        self.widget(st.segmented_control, name, label, list(options), options.get, required=True)

    def widget(
        self, kind: Callable, name: str, label: str, options: list[str], text: Callable, value: Any = None, **more: Any
    ) -> None:
        """One widget with the value that the URL gives it."""
        value = getattr(self.filters, name) if value is None else value
        value = list(value) if isinstance(value, tuple) else value
        if st.session_state.get(self.key(name)) != value:
            st.session_state[self.key(name)] = value
        kind(label, options, format_func=text, key=self.key(name), on_change=self.picked, **more)

    def picked(self) -> None:
        """Put what every widget says into the URL: of two quick changes, the second arrives with the URL of before the first."""
        found = {name: st.session_state.get(self.key(name)) for name in (*asdict(self.filters), "from", "to")}
        start, until = found.pop("from"), found.pop("to")
        if found["period"] == CUSTOM:
            found["period"] = (
                "..".join(sorted((start, until))) if start and until else _as_span(selection.period(self.filters.period))
            )
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in found.items() if value is not None}
        write(replace(read(self.store), **values))

    def key(self, name: str) -> str:
        return f"{name}-{self.filters.lang}-{self.page}"


def _option_words(id: str) -> str:
    return say("自选月份…") if id == CUSTOM else wording.period(id)


def _period(text: str, here: Offer) -> Period:
    try:
        period = selection.period(text)
        _ = period.before("last_year"), period.shifted(12)
        return period
    except (SelectionError, ValueError, OverflowError):
        return selection.period(str(here.years[0] if here.years else pd.Timestamp.today().year))


def _as_span(period: Period) -> str:
    return f"{period.start:%Y-%m}..{period.until:%Y-%m}"


def _default_language() -> str:
    return _defaults.get("lang", words.SOURCE)


_defaults: dict[str, str] = {}


def speak_first(language: str) -> None:
    """Set the language of readers whose URL names none."""
    _defaults["lang"] = language
