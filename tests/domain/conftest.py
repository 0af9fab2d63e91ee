"""Property tests of rules: no time limit per example, as the machine may be busy elsewhere."""

from hypothesis import settings

settings.register_profile("busy_machine", deadline=None)
settings.load_profile("busy_machine")
