"""Agent on the machines at the edge."""
