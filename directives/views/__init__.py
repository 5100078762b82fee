"""Pages of documents and of the tasks they set."""
