"""Reading cases: the whole file, masked persons, what is open next; search."""
