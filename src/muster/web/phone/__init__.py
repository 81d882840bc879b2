"""Phone pages: one thing a page, large, usable in gloves and rain."""
