"""The anonymising screen."""
