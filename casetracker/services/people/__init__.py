"""Who works here and how they get in: accounts, passwords, sessions, tokens of programs."""
