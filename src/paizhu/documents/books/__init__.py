"""Workbooks as they come, whatever wrote them: opened, streamed, nothing interpreted yet."""
