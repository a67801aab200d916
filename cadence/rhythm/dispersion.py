"""Counts and expected shares in bins of operational time in; how much more than chance a unit varies from one to the next, out."""

from __future__ import annotations

import numpy as np

BINS, BLOCKS = 40, 10
FEW = 6
"""With fewer activities outside the window a unit's own variation says nothing and the pooled one is taken."""


def binned(held: np.ndarray, shares: np.ndarray, bins: int = BINS) -> tuple[np.ndarray, np.ndarray]:
    """Days → bins of equal expectation: u = cumulated share, bin ⌊u·bins⌋ with the day's middle. Shares need not sum to 1.

    held, shares (units, days) → counts and expected shares, both (units, bins); the expected shares of a row sum to 1.
    Days do not fall evenly into bins, so that the expected share of each bin is kept and used instead of 1/bins.
    """
    total = shares.sum(axis=1, keepdims=True)
    shares = np.divide(shares, total, out=np.zeros_like(shares), where=total > 0)
    place = np.cumsum(shares, axis=1)
    place -= shares / 2
    place *= bins
    index = np.clip(place.astype(np.int64), 0, bins - 1)
    index += np.arange(len(held))[:, None] * bins
    flat = index.ravel()
    size = len(held) * bins
    counts = np.bincount(flat, weights=held.ravel(), minlength=size).reshape(-1, bins)
    return counts, np.bincount(flat, weights=shares.ravel(), minlength=size).reshape(-1, bins)


def pearson(counts: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """φ = Σ (X − n·s)² / (n·s) / (cells − 1), cells that expect nothing left out: 1 for chance, 0 for a metronome; (units,)."""
    expected = counts.sum(axis=1, keepdims=True) * shares
    square = np.divide((counts - expected) ** 2, expected, out=np.zeros_like(expected), where=expected > 0)
    return square.sum(axis=1) / np.maximum((shares > 0).sum(axis=1) - 1, 1)


def blocked(values: np.ndarray, blocks: int = BLOCKS) -> np.ndarray:
    """Neighbouring bins added up; (units, bins) → (units, blocks)."""
    return values.reshape(len(values), blocks, -1).sum(axis=2)


def within(counts: np.ndarray, shares: np.ndarray, blocks: int = BLOCKS) -> np.ndarray:
    """φ of the bins about their own block, Σ (x − X·s/S)² / Σ X·s/S·(1 − s/S): a slow change of pace does not count; (units,)."""
    size = counts.shape[1] // blocks
    part = np.repeat(blocked(shares, blocks), size, axis=1)
    part = np.divide(shares, part, out=np.zeros_like(shares), where=part > 0)
    expected = np.repeat(blocked(counts, blocks), size, axis=1) * part
    chance = (expected * (1 - part)).sum(axis=1)
    return np.divide(((counts - expected) ** 2).sum(axis=1), chance, out=np.ones(len(counts)), where=chance > 0)


def moderated(own: np.ndarray, usable: np.ndarray, freedom: float, prior: float) -> np.ndarray:
    """φ̃ = (ν₀φ₀ + νφ)/(ν₀ + ν): a unit's dispersion drawn to the mean of all, own clipped at its 95 % quantile there.

    own (units,), usable (units,) bool: elsewhere φ₀ stands for φ; freedom ν, prior ν₀ in degrees of freedom.
    After Smyth (2004), Linear models and empirical Bayes methods for assessing differential expression.
    """
    if not usable.any():
        return np.ones(len(own))
    known = own[usable]
    pooled = np.minimum(known, np.quantile(known, 0.95)).mean()
    return (prior * pooled + freedom * np.where(usable, own, pooled)) / (prior + freedom)
