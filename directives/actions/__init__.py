"""Every write to documents, tasks and assignments."""
