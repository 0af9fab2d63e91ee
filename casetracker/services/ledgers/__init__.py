"""The ledgers of the petition office (信访台账): docs/rules/ledgers.md."""
