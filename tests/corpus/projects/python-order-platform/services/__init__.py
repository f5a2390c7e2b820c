"""Services of the platform."""
