"""The programs that kodebok is compared with, each measured through its own functions."""
