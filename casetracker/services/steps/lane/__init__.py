"""The confidential lane: how a case leaves the open desk, and what happens to it there."""
