"""Messages to many, and what became of each."""
