"""The database: articles and what was read in them, the desk's people and jobs; SQLite, or PostgreSQL by address."""
