"""Market data feeds."""

__version__ = "3.0.0"
