"""What supervisors learn from many cases: topics, seasons, communities, workload, dispatches."""
