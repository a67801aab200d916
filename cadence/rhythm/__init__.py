"""A ledger of dated activities in; which unit, year by year, keeps an even rhythm and which rushes, with how sure that is, out.

Nothing here knows of spreadsheets, databases or pages. Methods, formulas and measured error rates: docs/statistics.md.
"""
