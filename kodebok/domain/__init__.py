"""The nouns of a study: frozen dataclasses and pure functions, on the standard library alone."""
