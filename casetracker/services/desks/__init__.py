"""What lies on whose desk: queues, and the lists of dispatchers, reviewers and callers."""
