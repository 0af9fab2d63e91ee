"""Reading official papers (文书): lists, forms, previews, files, and the printed registers."""
