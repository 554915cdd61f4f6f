"""What crosses rooms: opening a study, bringing in sources, its state, the example."""
