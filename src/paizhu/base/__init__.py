"""Plain Python ground of the program: no window, no database, no file formats."""
