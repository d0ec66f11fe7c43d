"""What the officer can do; one file per kind of act. The window and the command line call only this."""
