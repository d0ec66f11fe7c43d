"""廉政档案: what the registers know of one person, who may open it, on screen and on paper."""
