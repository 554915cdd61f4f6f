"""The reader: canonical text, layout, lanes, cursor and paint, with a thin widget on top."""
