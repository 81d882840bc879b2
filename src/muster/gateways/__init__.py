"""Other people's services: message channels, later maps and laboratories."""
