"""Suggestions that a researcher asks for and judges, learned from own codings alone."""
