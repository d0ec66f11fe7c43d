"""廉政意见回复: a letter in, five sources searched, answers given, and followed afterwards."""
