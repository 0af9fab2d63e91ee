"""The outside things that the product speaks to, one a file; they know only their protocol."""
