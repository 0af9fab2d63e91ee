"""Safety patrols: inspections, hazards and how they are put right."""
