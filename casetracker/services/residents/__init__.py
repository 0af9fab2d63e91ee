"""What residents do and see by themselves: submitting, following, the words they read."""
