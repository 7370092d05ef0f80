"""How the tables change from version to version."""
