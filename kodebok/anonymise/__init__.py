"""Anonymisation: what points to persons and places is found, decided, replaced and kept out."""
