"""The page that tells what came of a job, and the one of all runs. Reads the journal alone."""
