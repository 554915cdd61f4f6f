"""Packages out, answers in."""
