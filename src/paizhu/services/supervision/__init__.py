"""监督检查: activities, what was found, the letters that go out, and what follows within the same act."""
