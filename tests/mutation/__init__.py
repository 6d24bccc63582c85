"""Tell what came of the mutants."""
