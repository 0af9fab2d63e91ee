"""Official papers (文书): which there are, what each must say, and how it is laid out; no files."""
