"""A second instance that the agent on this machine scrapes."""

bind = "127.0.0.1:9100"
workers = 1
accesslog = None
