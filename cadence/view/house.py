"""The one store of this server: opened, brought up to date and, on the very first run, filled with the sample office.

A reader may look at it as of an earlier batch (`asof` in the URL); then the pages get a copy of how it stood.
"""

from __future__ import annotations

import gc
import threading

import streamlit as st

from cadence import batches, engine, filters, settings, words
from cadence import store as stores
from cadence.batches import BatchError
from cadence.store import Store
from cadence.view import states

_filling = threading.Lock()


@st.cache_resource(show_spinner=False)
def _open() -> Store:
    here = settings.load()
    filters.speak_first(here.language)
    opened = engine.ready(stores.open(here.database), here.profile)
    gc.collect()
    gc.freeze()
    return opened


@st.cache_resource(show_spinner=False, max_entries=2, on_release=Store.close)
def _past(version: int, batch: int, _present: Store) -> Store:
    return batches.as_of(_present, batch, profile())


def store() -> Store:
    """What the pages show: the store, or how it stood when the batch in the URL had just been imported."""
    here = present()
    asked = filters.as_of()
    if not asked:
        return here
    with states.loading(words.say("正在还原第{batch}批入库时的样子…", batch=asked)):
        try:
            return _past(here.version, int(asked), here)
        except BatchError:
            return here


def present() -> Store:
    """The open store as it stands now; a first visitor sees what takes time."""
    opened = _open()
    here = settings.load()
    if here.sample and batches.wants_sample(opened):
        with states.loading(words.say("首次启动：正在导入演示数据，请稍候…")), _filling:
            if batches.wants_sample(opened):
                batches.import_sample(opened, here.data / "sample", here.profile)
    return opened


def profile() -> str:
    """The statutory profile in force."""
    return settings.load().profile
