"""The one store of this server: opened, brought up to date and, on the very first run, filled with the sample office."""

from __future__ import annotations

import gc
import threading

import streamlit as st

from cadence import batches, engine, filters, settings, words
from cadence import store as stores
from cadence.store import Store

_filling = threading.Lock()


@st.cache_resource(show_spinner=False)
def _open() -> Store:
    here = settings.load()
    filters.speak_first(here.language)
    opened = engine.ready(stores.open(here.database), here.profile)
    gc.collect()
    gc.freeze()
    return opened


def store() -> Store:
    """The open store; a first visitor sees what takes time."""
    opened = _open()
    here = settings.load()
    if here.sample and batches.wants_sample(opened):
        with st.spinner(words.say("首次启动：正在导入演示数据，请稍候…")), _filling:
            if batches.wants_sample(opened):
                batches.import_sample(opened, here.data / "sample", here.profile)
    return opened


def profile() -> str:
    """The statutory profile in force."""
    return settings.load().profile
