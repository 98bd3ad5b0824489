"""The command line: one file a command, options and help only."""
