"""The screen: Textual, a reader of our own, one module per screen."""
