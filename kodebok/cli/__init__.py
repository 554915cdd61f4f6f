"""The command line: a lazy group of commands, one file for each."""
