"""A seed in; what the rhythm engine finds in the labelled system of that seed, and how that compares with its targets, out."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bench import score, simulate, simulated
from cadence import rhythm
from cadence.rhythm import windows
from cadence.rhythm.judgement import SLOW, weigh
from cadence.rhythm.ledger import Ledger
from cadence.rhythm.profile import system as expected_of
from cadence.rhythm.year import counted, years

TARGETS: dict[str, tuple[str, ...]] = {
    "yearend_rush": (
        "auc >= .88", "yearend_w6_x2.5 auc >= .90", "yearend_w6_x4 auc >= .97", "yearend_q4_x2.5 auc >= .95",
        "yearend_q4_x4 auc >= .985", "power >= .28", "yearend_w6_x4 power >= .53", "yearend_q4_x4 power >= .70", "fdp <= .08",
        "fpr growth <= .035", "fpr statutory <= .003", "fpr steady <= .003", "fpr new_branch <= .003", "fpr random_poisson <= .003",
        "fpr *q4_anchored>=6 <= .008",
    ),
    "quarterend_rush": ("auc >= .90", "quarterend_x4 auc >= .98", "power >= .22", "quarterend_x4 power >= .48", "fdp <= .09"),
    "preinspection_rush": ("auc >= .93", "preinsp_x5 auc >= .965", "power >= .34", "preinsp_x5 power >= .58", "fdp <= .08"),
    "backfill": ("auc >= .985", "power >= .73", "fdp <= .07", "fpr *quarterly_batch <= .02", "fpr *bulk_import <= .002"),
    "fading": ("auc >= .93", "fading_strong auc >= .99", "fading_strong power >= .38", "fdp <= .05"),
    "stop_go": ("auc >= .92", "fpr <= .002"),
    "low_participation": ("auc >= .99", "power >= .50", "fdp <= .08"),
    "trace_no_effect": ("auc >= .95", "power >= .10", "fdp <= .05"),
    "yearend_culture": ("auc >= .95", "power >= .25", "fdp <= .10"),
    "score_compression": ("auc >= .99", "power >= .95", "fdp <= .05"),
    "yearend_settlement": ("auc >= .99", "power >= .85", "fdp <= .02"),
    "reward_heavy": ("auc >= .97", "power >= .25", "fdp <= .05"),
    "award_rotation": ("auc >= .97", "power >= .15", "fdp <= .20"),
    "calibration": ("placebo <= .06", "coverage rushing >= .93", "coverage null >= .93", "coverage clustered >= .85"),
}  # fmt: skip
"""Each `[scenario] measure bound`. FDP is bounded for the worst seed, everything else for the mean of the seeds."""
USUAL = 0.6
"""Targets are for this prevalence; at another only those of RARE, false alarms of year-end, and calibration hold."""
RARE = {"fdp <= .08": "fdp <= .12"}
"""Ceilings where rushing is rare (prevalence .2)."""
NONE_AT_ALL = 0.0005
"""Share of branch-years flagged by a timed pattern where nobody rushes (prevalence 0)."""
TIMED = ("yearend_rush", "quarterend_rush", "preinspection_rush", "fading")


def made(seed: int, branches: int, prevalence: float, folder: Path) -> Path:
    """The folder of the seed's system of three years; simulated if not there yet."""
    name = str(seed) if (branches, prevalence) == (6000, USUAL) else f"{seed}-{branches}-{prevalence}"
    place = folder / name
    if not (place / "meta.json").exists():
        asked = ["--branches", branches, "--years", 2023, 2025, "--seed", seed, "--prevalence", prevalence, "--out", place]
        subprocess.run([sys.executable, simulate.__file__, *map(str, asked), "--format", "parquet"], check=True, stdout=sys.stderr)
    return place


def system(seed: int, branches: int, prevalence: float, folder: Path) -> dict[str, Any]:
    """Judged and scored: {seed, activities, seconds, peak_gb, patterns: {pattern: result of score.py}, calibration, flagged}."""
    place = made(seed, branches, prevalence, folder)
    ledger = simulated.ledger(place)
    begun, used = time.perf_counter(), time.process_time()
    findings = rhythm.judge(ledger)
    seconds, used = time.perf_counter() - begun, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    truth = pd.read_csv(place / "truth.csv")
    scored = score.evaluate(truth, simulated.named(findings, ledger), pd.read_csv(place / "organ_truth.csv"))
    rows = findings[findings["pattern"].isin(TIMED) & (findings["unit"] >= 0)]
    return {
        "seed": seed, "prevalence": prevalence, "activities": len(ledger.activities), "branch_years": len(truth),
        "seconds": seconds, "processor_seconds": used, "peak_gb": peak, "patterns": {found["pattern"]: found for found in scored},
        "calibration": {"placebo": placebo(findings), **coverage(ledger, truth)},
        "flagged": rows.groupby("pattern")["flagged"].mean().to_dict(),
    }  # fmt: skip


def placebo(findings: pd.DataFrame) -> float:
    """Share of p ≤ .05 in all placebo windows of all years."""
    rows = findings[findings["pattern"] == "placebo"]
    return float(rows["k"].sum() / rows["n"].sum())


def coverage(ledger: Ledger, truth: pd.DataFrame) -> dict[str, float]:
    """Share of the 95 % intervals of the rate ratio that hold the true factor: rushing units, steady ones, clumped ones."""
    rows = []
    for year in years(ledger):
        profile = expected_of(counted(ledger, year))
        for name, mask in (("w6", windows.last_weeks(profile.year)), ("q4", windows.last_quarter(profile.year))):
            tested = weigh(profile, mask, SLOW).assign(branch_id=ledger.units["unit"], year=year, window=name)
            rows.append(tested[tested["p"].notna()])
    told = pd.concat(rows).merge(truth, on=["branch_id", "year"])
    is_null = told["patterns"].isna() & told["scenario"].isin([name for name, _, positive in simulate.SCENARIOS if not positive])
    is_null &= ~told["scenario"].isin(["growth", "seasonal_holiday"])
    factor = pd.to_numeric(told["scenario"].str.extract(r"^yearend_(?:w6|q4)_x([\d.]+)$")[0])
    factor = factor.where([f"_{window}_" in scenario for window, scenario in zip(told["window"], told["scenario"], strict=True)])
    factor = factor.mask(is_null, 1.0)
    holds = (told["low"] <= factor) & (factor <= told["high"])
    clumped = is_null & (told["body"] == "clustered")
    groups = {"rushing": factor.notna() & ~is_null, "null": is_null & ~clumped, "clustered": clumped}
    return {f"coverage {name}": float(holds[group].mean()) for name, group in groups.items()}


def measure(result: dict[str, Any], pattern: str, name: str) -> float:
    """One figure of a system, by the words of TARGETS before the bound; NaN where the engine does not judge the pattern."""
    if pattern == "calibration":
        return result["calibration"][name]
    found = result["patterns"].get(pattern)
    if found is None:
        return np.nan
    *of, what = name.split(" ", 1) if name.startswith("fpr ") else name.rsplit(" ", 1)
    if of == ["fpr"]:
        return found["fpr_by_null"].get(what, np.nan)
    return found["by_scenario"].get(of[0], {}).get(what, np.nan) if of else found[what]


def table(results: list[dict[str, Any]], prevalence: float) -> Iterator[tuple[str, bool]]:
    """Lines to print, and whether each target is met. Without rushes (prevalence 0) only false alarms are compared."""
    if prevalence == 0:
        for pattern in TIMED:
            worst = max(result["flagged"][pattern] for result in results)
            yield f"{pattern:<20} flagged of all, where nobody rushes <= {NONE_AT_ALL}  worst {worst:.5f}", worst <= NONE_AT_ALL
    else:
        for pattern, targets in TARGETS.items():
            for target in targets:
                target = RARE.get(target, target) if pattern == "yearend_rush" and prevalence <= 0.2 else target
                name, sense, bound = target.rsplit(" ", 2)
                values = np.array([measure(result, pattern, name) for result in results])
                reached = values.max() if name == "fdp" else values.mean()
                is_met = bool(reached >= float(bound) if sense == ">=" else reached <= float(bound)) or bool(np.isnan(reached))
                is_compared = prevalence == USUAL or (pattern == "yearend_rush" and sense == "<=") or pattern == "calibration"
                told = " ".join(f"{value:.3f}" for value in values)
                mark = "not judged" if np.isnan(reached) else "no target" if not is_compared else "met" if is_met else "MISSED"
                yield f"{pattern:<20} {name:<26} {sense} {bound:<5} {reached:7.4f}  {mark:<10} ({told})", is_met or not is_compared
            if pattern == "yearend_rush":
                at = " ".join(f"{result['patterns'][pattern]['power_at_fdr5']:.3f}" for result in results)
                yield f"{pattern:<20} power at a true FDP of 5 %: {at}", True
    for result in results:
        cost = f"{result['seconds']:.1f} s wall, {result['processor_seconds']:.1f} s processor, peak {result['peak_gb']:.1f} GB"
        yield f"seed {result['seed']}: {result['activities']:,} activities, {result['branch_years']:,} branch-years, {cost}", True
