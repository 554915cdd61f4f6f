"""The screen on which a manuscript is checked."""
