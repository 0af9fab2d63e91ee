"""Reading cases: the whole file, its masked persons, what may be done next, search and export."""
