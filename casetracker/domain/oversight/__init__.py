"""Supervision as rules: what calls for an order, how orders rise, when a unit is called to talk.

Source: docs/rules/supervision.md.
"""
