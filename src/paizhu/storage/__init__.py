"""The encrypted vault: its file, the one way to write, lists, search, backups."""
