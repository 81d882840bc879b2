"""Where the sampling sites of a round stand: a p-median over buildings, with or without capacity.

`solve` finds it, `judge` measures any answer, `read_instance` reads the OR-Library's graphs.
"""
