"""Every step that can be taken on a case. Start at `casework`, then `actions`."""
