"""Scales in the cheese dairy."""
