"""The project's SQLite file: rows in, domain objects out; history, undo, integrity."""
