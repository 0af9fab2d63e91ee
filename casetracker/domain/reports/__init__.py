"""Words of the reports: how figures become sentences, and which sums must hold among them.

Plain facts in, Chinese text and blocks of a paper out; no SQL, no clock.
Source: docs/rules/reports.md.
"""
