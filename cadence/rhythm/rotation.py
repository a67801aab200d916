"""Who was rewarded in which year in; organs that hand their awards round out, one row per organ and year."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy

from cadence.rhythm import verdict
from cadence.rhythm.ledger import Ledger
from cadence.rhythm.organs import FEWEST

YEARS = 3
"""Years of lists from which a rotation is shown; two may differ by chance."""
LOTS = 0.05
"""Chance that drawing lots spreads the awards as evenly, up to which a rotation is named."""
USUAL = 0.05
"""q against what organs usually do, up to which a rotation is named."""


def award_rotation(ledger: Ledger, reward: str = "reward", grade: str = "grade") -> pd.DataFrame:
    """轮流坐庄: awards that are repeated more rarely than organs usually repeat them, and more rarely than lots would.

    Awards are top grades; in an organ whose sheets hold none, rewards. Lists: the last years up to the row's year whose awards
    together are not more than the m units that were assessed in all of them (a round that is not yet full; at least two years).
    Statistic: repeats S = awards − distinct units rewarded. If a year has a winners and U of the m units were rewarded so far,
    its repeats follow Fisher's noncentral hypergeometric law
    ∝ C(U, x)·C(m − U, a − x)·ω^x, and U is what was awarded less S: a Markov chain whose law is exact.
    ω = 1 is drawing lots (mid-p of the lower tail: p_lots). ω = the odds ratio of being rewarded again, after Mantel and
    Haenszel (1959) over all organs and pairs of consecutive years, at least 1, is what organs usually do (mid-p: p, q).
    Merit that lasts gives ω > 1, so that lots alone would find few; being unlike the others alone does not make a rotation.
    Flag q ≤ .05 and p_lots ≤ .05 with ≥ 3 years of lists.

    n = awards in the lists; k = repeats; expected = repeats that lots would give ÷ n; effect = (k/n)/expected; no interval.
    Columns besides: p_lots, lists (years), units (m), odds (ω).
    Rows: from the organ's second year of assessments on; one list tells nothing (p = ½).
    """
    told = ledger.assessments[["organ", "unit", "year", "outcome"]]
    awards = (told["outcome"] == grade).groupby(told["organ"]).transform("any").map({True: grade, False: reward})
    won = told.assign(won=told["outcome"] == awards).groupby(["organ", "year", "unit"])["won"].max()
    tables = {organ: its.droplevel("organ").unstack("year") for organ, its in won.groupby("organ")}
    odds = again(tables.values())
    found = []
    for organ, table in tables.items():
        is_won = table.astype(float).to_numpy()
        for at in range(1, is_won.shape[1]):
            lists = unfilled(is_won[:, : at + 1])
            found.append({"organ": organ, "year": table.columns[at], "odds": odds, **_row(lists, odds)})
    names = ["organ", "year", "n", "k", "expected", "effect", "low", "high", "p", "p_lots", "lists", "units", "odds"]
    frame = pd.DataFrame(found, columns=names).astype({"organ": np.int64, "year": np.int64})
    few = frame["lists"] < YEARS
    frame["q"] = verdict.yearly_q(frame, ~few)
    return verdict.rows("award_rotation", frame, (frame["q"] <= USUAL) & (frame["p_lots"] <= LOTS), few)


def unfilled(is_won: np.ndarray) -> np.ndarray:
    """The last columns with awards of units × years (1, 0; NaN: not assessed) that make no full round; rows without NaN.

    At least two columns where there are two; lists are only added while FEWEST units were assessed in all of them.
    """
    is_won = is_won[:, np.nansum(is_won, axis=0) > 0]
    best = is_won[:, :0]
    for start in range(is_won.shape[1] - 1, -1, -1):
        lists = is_won[:, start:]
        lists = lists[~np.isnan(lists).any(axis=1)]
        is_full = lists.sum() > len(lists) and lists.shape[1] > 2
        if len(lists) < FEWEST or not lists.any(axis=0).all() or is_full:
            break
        best = lists
    return best


def _row(lists: np.ndarray, odds: float) -> dict[str, float]:
    awards, m = lists.sum(axis=0).astype(int), len(lists)
    n, k = int(awards.sum()), int(awards.sum() - lists.any(axis=1).sum())
    lots, usual = repeats(m, awards, 1.0), repeats(m, awards, odds)
    mean = float(lots @ np.arange(len(lots)))
    tails = {"p": float(usual[:k].sum() + usual[k] / 2), "p_lots": float(lots[:k].sum() + lots[k] / 2)}
    effect = {"expected": mean / n if n else np.nan, "effect": k / mean if mean > 0 else np.nan, "low": np.nan, "high": np.nan}
    return {"n": n, "k": k, **effect, "lists": len(awards), "units": m, **tails}


def repeats(units: int, awards: np.ndarray, odds: float) -> np.ndarray:
    """P(S = s), s = 0 … awards in all, for lists of `awards` winners from `units`, year after year, past winners with `odds`."""
    chance, given = np.ones(1), 0
    for now in map(int, awards):
        so_far, more = np.arange(len(chance)), np.arange(now + 1)
        share = scipy.stats.hypergeom.pmf(more, units, np.clip(given - so_far, 0, units)[:, None], now) * odds**more
        share /= np.maximum(share.sum(axis=1, keepdims=True), 1e-300)
        after = np.zeros(len(chance) + now)
        np.add.at(after, so_far[:, None] + more, chance[:, None] * share)
        chance, given = after, given + now
    return chance


def again(tables: list[pd.DataFrame]) -> float:
    """Σ ad/m over Σ bc/m of the 2 × 2 tables (rewarded last year, this year) of all organs; at least 1, and 1 without any."""
    over = under = 0.0
    for table in tables:
        is_won = table.astype(float).to_numpy()
        for last, now in zip(is_won.T[:-1], is_won.T[1:], strict=True):
            both = ~np.isnan(last + now)
            last_, now_, m = last[both], now[both], max(1, both.sum())
            over += (last_ @ now_) * ((1 - last_) @ (1 - now_)) / m
            under += (last_ @ (1 - now_)) * ((1 - last_) @ now_) / m
    return max(1.0, over / under) if under > 0 else 1.0
