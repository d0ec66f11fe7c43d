"""Quick capture: one written sentence becomes the values of one record."""
