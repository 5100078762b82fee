"""Spans of dates as documents write them, and what each of them means."""
