"""Figures as people ask for them: a month, what is behind a count, and why each case is in it."""
