"""What the program is fast at, each figure beside its limit. `python -m bench [topic …]`."""
