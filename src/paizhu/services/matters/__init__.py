"""A matter from letter to measure: its course, its clocks, what is handed on, its file."""
