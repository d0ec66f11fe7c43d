"""两顶帽子: the officer's two roles kept apart.

Where he had a hand in a matter he is told before he reviews it; what the host unit asked of him beside supervision
stands in a half-year table against his own work, each figure with its list.
"""
