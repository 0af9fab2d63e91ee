"""Definitions of `domain.rates` counted in the database, and the cases behind every figure."""
