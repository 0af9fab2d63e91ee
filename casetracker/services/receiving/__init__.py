"""A case comes in: registration, its suggestions, and drafts that survive a power cut."""
