"""Freezing a month, comparing it with what became of it, correcting it in public."""
