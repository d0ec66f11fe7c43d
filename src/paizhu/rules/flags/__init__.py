"""Red flags: what the group's own books show beside a matter; a prompt for a human, never a conclusion."""
