"""The ground floor: rules of the field in plain Python. Knows no database, no clock, no HTTP."""
