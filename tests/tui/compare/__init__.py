"""The screen of two coders."""
