"""Measurements by hand: ratios to a floor taken in the same run, because machines are noisy. `python -m bench --help`."""
