"""What falls due: every running clock, what hides behind it, and putting a task off."""
