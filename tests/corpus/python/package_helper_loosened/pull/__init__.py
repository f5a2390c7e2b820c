"""Pulls recordings."""
