"""What researchers do with text: codes, codings, search, quotes, matrix."""
