"""Use cases: one function each, taking a Context, owning exactly one transaction."""
