"""Packages to a supervisor, and what comes back."""
