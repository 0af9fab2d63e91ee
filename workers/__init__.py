"""The door of time: Celery tasks and their schedule; each task calls one use case."""
