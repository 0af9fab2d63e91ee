"""Proves that the record is whole: invariants as data, read-only, in bounded memory."""
