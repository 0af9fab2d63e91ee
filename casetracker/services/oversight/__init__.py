"""Supervision: rules and what they find, orders, lists to watch, talks, whistles."""
