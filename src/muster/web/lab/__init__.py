"""What laboratories send by themselves."""
