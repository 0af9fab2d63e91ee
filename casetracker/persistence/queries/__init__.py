"""Reads, each named for the question that a page asks; they return frozen rows."""
