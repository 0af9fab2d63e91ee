"""A month as it was frozen: the cases behind each figure, and how it differs from a later one.

Source: docs/rules/rates.md 10.
"""
