"""Tables and queries. Knows the domain's words, none of its rules."""
