"""Folders whose files are imported as they come, without a person at the command line."""
