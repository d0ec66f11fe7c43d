"""责任清单: its tree, the work done with an item, what recurs, the list of a new year."""
