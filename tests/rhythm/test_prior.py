"""Weights that are learned without labels: they find what a covariate is worth, and give nothing where it is worth nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import special, stats

from cadence.rhythm import prior


def drawn(units: int, worth: float, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One in ten rushes at 2.5 standard deviations, more where the covariate is high; rushes, z, covariates."""
    generator = np.random.default_rng(seed)
    covariate = generator.normal(size=(units, 1))
    rushes = generator.random(units) < special.expit(-2.6 + worth * covariate[:, 0])
    return rushes, generator.normal(size=units) + 2.5 * rushes, covariate


def test_the_mixture_is_recovered():
    """Both groups, their distance and what the covariate is worth."""
    _, z, covariates = drawn(20_000, worth=1.0)
    found = prior.learned(z, covariates)
    assert found.quiet == pytest.approx(0, abs=0.1)
    assert found.loud == pytest.approx(2.5, abs=0.25)
    assert found.slopes[1] == pytest.approx(1, abs=0.25)


@pytest.mark.parametrize("worth", [0.0, 1.5])
def test_q_values_keep_their_promise(worth):
    """Over 40 systems about 5 of 100 findings are false; a covariate that tells something adds findings."""
    false = found = plain = 0
    for seed in range(40):
        rushes, z, covariates = drawn(2000, worth, seed)
        p = stats.norm.sf(z)
        _, q, _ = prior.informed(p, z, covariates)
        false, found = false + (~rushes[q <= 0.05]).sum(), found + (q <= 0.05).sum()
        plain += (stats.false_discovery_control(p) <= 0.05).sum()
    assert false / found < 0.06
    assert found > plain * (1.2 if worth else 0.97)


def test_without_a_second_group_nothing_is_learned():
    """Pure noise, and few units: the order is that of z and q that of Benjamini and Hochberg."""
    for units in (3000, 200):
        generator = np.random.default_rng(units)
        z, covariates = generator.normal(size=units), generator.normal(size=(units, 2))
        p = stats.norm.sf(z)
        score, q, _ = prior.informed(p, z, covariates)
        assert score == pytest.approx(z)
        assert (q <= stats.false_discovery_control(p) + 1e-12).all()
        assert not (q <= 0.05).any()


def test_an_untested_unit_is_ranked_by_its_prior_alone():
    """No q, no evidence, a score near the middle."""
    score, q, log_odds = prior.informed(np.array([0.001, np.nan]), np.array([3.0, np.nan]), np.zeros((2, 0)))
    assert np.isnan(q[1])
    assert score.tolist() == pytest.approx([3, 0])
    assert log_odds[1] == pytest.approx(np.log(1 / 9))


def test_plans_are_told_in_robust_steps():
    """Median 0, a missing plan 0, bent at 2, cut at 6; a constant tells nothing."""
    values = np.r_[np.linspace(-1, 1, 101), np.nan, 50.0]
    found = prior.hinges(values)
    assert found[50].tolist() == pytest.approx([0.0, 0.0, 0.0], abs=0.05)
    assert found[101].tolist() == [0, 0, 0]
    assert found[102].tolist() == [6, 4, 0]
    assert not prior.hinges(np.ones(5)).any()


def test_the_year_before_is_told_where_there_was_one():
    """A unit known a year earlier by its log odds, cut at ±4; a new one by nothing."""
    before = pd.DataFrame({"unit": [2, 0], "log_odds": [9.0, -1.0]})
    found = prior.year_before(3, before)
    assert found[1].tolist() == [0, 0, 0]
    assert found[2].tolist() == pytest.approx([1, 4, special.expit(9)])
    assert prior.year_before(3, None).shape == (3, 0)
