"""What each use case is told, as models that every door validates with."""
