"""Pages of the main window that are more than a list and a form."""
