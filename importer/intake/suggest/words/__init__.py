"""What columns are called, by language: meaning to phrases with commas between.

A phrase is written as `names.plain` leaves it, or nearly so: it is made plain when it is read.
"""
