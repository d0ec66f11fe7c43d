"""Somebody's blank form: read, understood, filled with only values changed, and proved so."""
