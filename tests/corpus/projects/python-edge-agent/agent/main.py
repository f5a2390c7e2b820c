"""Starts the agent."""

import logging
import time

from agent import control
from agent.report import Reporter
from agent.tls import ContextFactory


def main():
    logging.basicConfig(level=logging.INFO)
    factory = ContextFactory("/etc/agent/agent.pem", "/etc/agent/agent.key")
    servers = control.start(factory)
    reporter = Reporter(factory, legacy="old-centre.example.com")
    while True:
        facts = {"ports": [server.server_address[1] for server in servers]}
        if reporter.report(facts) >= 400:
            reporter.report_to_legacy(facts)
        time.sleep(60)


if __name__ == "__main__":
    main()
