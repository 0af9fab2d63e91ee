"""Papers made in a step of a case: filled, numbered, written, kept with their hash, served."""
