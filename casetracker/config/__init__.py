"""Settings: read once from the environment, checked whole, frozen."""

from casetracker.config.errors import SettingsError
from casetracker.config.field_keys import FieldKeys, new_field_keys
from casetracker.config.loading import DEMO, KNOWN, PRODUCTION, TEST, load_settings
from casetracker.config.settings import Settings

__all__ = [
    "DEMO",
    "KNOWN",
    "PRODUCTION",
    "TEST",
    "FieldKeys",
    "Settings",
    "SettingsError",
    "load_settings",
    "new_field_keys",
]
