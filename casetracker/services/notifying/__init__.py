"""Who is told what: notices, reminders, digests, and their delivery through the outbox."""
