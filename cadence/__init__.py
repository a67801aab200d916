"""Cadence 节拍: from the ledgers of party-affairs offices to honest pictures of their rhythm."""

__version__ = "0.1.0"
