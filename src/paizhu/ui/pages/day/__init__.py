"""The page of the day and the month of deadlines."""
