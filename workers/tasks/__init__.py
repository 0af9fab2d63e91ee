"""Tasks, a few lines each; their names are fixed, because messages and the schedule carry them."""
