"""Talks: what is still to be planned, what was said, who was covered, by which rules."""
