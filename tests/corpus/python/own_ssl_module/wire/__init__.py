"""Reads captured handshakes. Knows TLS, speaks none."""
