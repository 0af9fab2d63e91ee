"""What many cases say together: what rises, what comes with the season, what several people raise.

Rules as data with their sources in docs/rules/insight.md; knows no database.
"""
