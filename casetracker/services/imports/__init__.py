"""Tables and message boards from outside become cases here."""
