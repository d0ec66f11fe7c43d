"""Pages: blocks laid out, drawn in a frame, written as PDF and looked at; no paper in particular."""
