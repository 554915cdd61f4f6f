"""The review screen, and the supervisor's own."""
