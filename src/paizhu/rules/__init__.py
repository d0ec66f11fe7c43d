"""Pure computing on rows and rule data: no database, no files, no window."""
