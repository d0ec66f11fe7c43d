"""Pages that lead through several steps."""
