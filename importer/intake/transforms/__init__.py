"""What a mapping may do to a cell's text: pure functions, one cell at a time."""
