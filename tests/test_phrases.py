"""Every measurable phrase of the source report is answered: by an indicator that exists, or by a reason."""

from __future__ import annotations

import pytest

from cadence import catalogue
from cadence.phrases import TIERS, Phrase, phrases


def test_the_list_is_whole():
    """Ninety rows, in the order of the report."""
    assert [phrase.number for phrase in phrases()] == list(range(1, 91))
    assert {phrase.tier for phrase in phrases()} == set(TIERS)


@pytest.mark.parametrize("phrase", phrases(), ids=lambda phrase: f"{phrase.number}-{phrase.text[:8]}")
def test_a_phrase_is_measured_or_says_why_not(phrase: Phrase):
    """Indicators that exist; where there is none, the reason. What cannot be measured has no indicator at all."""
    assert [id for id in phrase.indicators if id not in catalogue.entries()] == []
    assert bool(phrase.indicators) != bool(phrase.reason)
    assert (phrase.tier == "T0") <= (not phrase.indicators)


@pytest.mark.parametrize("phrase", phrases(), ids=lambda phrase: f"{phrase.number}-{phrase.text[:8]}")
def test_what_a_phrase_needs_agrees_with_its_tier(phrase: Phrase):
    """T1 works on columns that almost every ledger has: at least one of its indicators lacks no optional column."""
    usual = {"activities.expected", "activities.attended", "activities.host", "activities.topic"}
    needs = [set(catalogue.entry(id).needs) for id in phrase.indicators]
    if phrase.tier == "T1" and needs:
        assert any(need <= usual for need in needs)
