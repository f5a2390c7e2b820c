"""A language-neutral picture of code, and the evaluator that finds out what it configures."""
