"""Stages of work in child processes: rows come back as JSON lines, the parent writes them."""
