"""The first night: builds a city and lives it through the real actions."""
