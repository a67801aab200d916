"""A small labelled system of fixed seed: ranking, power and false discoveries stay inside a band around what was measured."""

from __future__ import annotations

import pytest

from bench import rhythm as judging


@pytest.fixture(scope="module")
def result(tmp_path_factory) -> dict:
    """400 units over three years."""
    return judging.system(21, 400, 0.6, tmp_path_factory.mktemp("simulated"))


@pytest.mark.parametrize(
    ("pattern", "auc", "power"),
    [
        ("yearend_rush", 0.85, 0.15),
        ("quarterend_rush", 0.80, 0.05),
        ("preinspection_rush", 0.88, 0.15),
        ("backfill", 0.95, 0.60),
        ("fading", 0.88, 0.05),
        ("stop_go", 0.85, 0.0),
    ],
)
def test_ranking_and_power(result, pattern, auc, power):
    """Below this something broke; chance of the small sample is in the band."""
    found = result["patterns"][pattern]
    assert found["auc"] >= auc
    assert found["power"] >= power


def test_few_findings_are_false(result):
    """Of all that is flagged by the timed patterns and backfill, at most one in eight has no habit."""
    found = [result["patterns"][pattern] for pattern in (*judging.TIMED, "backfill")]
    false = sum(one["fpr"] * one["nulls"] for one in found)
    true = sum(one["power"] * one["positives"] for one in found)
    assert true >= 50
    assert false / (false + true) <= 0.125


def test_calibration(result):
    """Placebo windows alarm no more than promised; intervals hold the true factor."""
    assert result["calibration"]["placebo"] <= 0.06
    assert result["calibration"]["coverage rushing"] >= 0.90
    assert result["calibration"]["coverage null"] >= 0.93


def test_the_table_names_a_missed_target(result):
    """A figure below its floor is marked, and the bench fails."""
    lines = dict(judging.table([result], 0.6))
    assert any("yearend_rush" in line for line in lines)
    worse = {**result, "patterns": {**result["patterns"], "backfill": {**result["patterns"]["backfill"], "auc": 0.5}}}
    assert any("MISSED" in line and "backfill" in line and not is_met for line, is_met in judging.table([worse], 0.6))
