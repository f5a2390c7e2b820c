"""YAML and JSON as trees with byte offsets, templates and damaged files among them."""
