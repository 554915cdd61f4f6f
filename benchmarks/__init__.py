"""How quick kodebok is, and how quick the others are, on one and the same made-up corpus."""
