"""What keeps the installation in order: the tick, health, housekeeping."""
