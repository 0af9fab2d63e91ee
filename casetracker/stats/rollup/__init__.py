"""Sums that are kept: made by the definitions that count cases, and brought up to the moment."""
