"""Two answers of `portrait_totals` in; per measure both values with intervals, and whether they differ by more than chance, out."""

from __future__ import annotations

import math

import pandas as pd

Z = 2.576
"""99 % limits: five measures are read together, so that one of twenty pairs alike is told to differ somewhere."""
FEWEST = 5
"""No share of a smaller group; no pace of fewer activities on both sides together."""


def compared(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    """Per measure that either has, in the order of the first: value, low, high, numerator, denominator, n of both sides.

    Their names end in `_left` and `_right`. Beside them the difference (left less right) with its limits, and the verdict: higher,
    lower, alike (the limits leave room for 0) or few. Values are empty where the group is too small; shares are 0 to 1, pace is
    in activities per unit-month.
    """
    names = list(dict.fromkeys([*left["measure"], *right["measure"]]))
    rows = []
    for name in names:
        sides = [_side(frame[frame["measure"] == name]) for frame in (left, right)]
        row = {f"{key}_{side}": value for side, found in zip(("left", "right"), sides, strict=True) for key, value in found.items()}
        rows.append({"measure": name, **row, **_difference(name, *sides)})
    return pd.DataFrame(rows)


def _side(rows: pd.DataFrame) -> dict[str, float]:
    if rows.empty:
        return {"value": math.nan, "low": math.nan, "high": math.nan, "numerator": 0, "denominator": 0, "n": 0}
    row = rows.iloc[0]
    k, whole, n = (int(row[name]) for name in ("numerator", "denominator", "n"))
    found = {"numerator": k, "denominator": whole, "n": n}
    if row["measure"] == "pace":
        root = math.sqrt(k + 0.375)
        low, high = (max(0.0, max(0.0, end) ** 2 - 0.375) / whole for end in (root - Z / 2, root + Z / 2))
        return {"value": k / whole, "low": low, "high": high, **found}
    if min(whole, n) < FEWEST:
        return {"value": math.nan, "low": math.nan, "high": math.nan, **found}
    low, high = wilson(k, whole)
    if row["measure"] == "attended" and pd.notna(row["spread"]):
        far = Z * math.sqrt(n / (n - 1) * row["spread"]) / whole
        low, high = max(0.0, min(low, k / whole - far)), min(1.0, max(high, k / whole + far))
    return {"value": k / whole, "low": low, "high": high, **found}


def wilson(k: int, n: int) -> tuple[float, float]:
    """Wilson's limits of k out of n, at Z."""
    middle = (k + Z * Z / 2) / (n + Z * Z)
    far = Z / (n + Z * Z) * math.sqrt(k * (n - k) / n + Z * Z / 4)
    return max(0.0, middle - far), min(1.0, middle + far)


def _difference(name: str, left: dict[str, float], right: dict[str, float]) -> dict[str, float | str]:
    """Newcombe's method: the limits of both sides joined, whatever method they come from."""
    difference = left["value"] - right["value"]
    if math.isnan(difference) or (name == "pace" and left["numerator"] + right["numerator"] < FEWEST):
        return {"difference": math.nan, "difference_low": math.nan, "difference_high": math.nan, "verdict": "few"}
    low = difference - math.hypot(left["value"] - left["low"], right["high"] - right["value"])
    high = difference + math.hypot(left["high"] - left["value"], right["value"] - right["low"])
    verdict = "higher" if low > 0 else "lower" if high < 0 else "alike"
    return {"difference": difference, "difference_low": low, "difference_high": high, "verdict": verdict}
