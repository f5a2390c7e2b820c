"""How long the command takes to start and to check one file, as ratios to `python3 -c pass`.

    python bench/startup.py [RUNS]

Medians of whole processes, run in turn so that a drifting machine drifts for all.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NGINX = """\
http {
    server {
        listen 443 ssl;
        server_name api.example.com;
        ssl_certificate api.crt;
        ssl_certificate_key api.key;
        ssl_protocols TLSv1.2 TLSv1.3;
        ssl_client_certificate ca.pem;
        ssl_verify_client optional;
        location / { proxy_pass http://app:3000; }
    }
}
"""


# An installed command has its bytecode; a checkout must be allowed to write it.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def seconds(command: list[str]) -> float:
    """Run a command once; return its wall time."""
    start = time.perf_counter()
    subprocess.run(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        env=ENVIRONMENT,
    )
    return time.perf_counter() - start


def main(runs: int) -> None:
    """Measure and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "nginx.conf").write_text(NGINX)
        commands = {
            "python3 -c pass": [sys.executable, "-c", "pass"],
            "mtlslint --version": [sys.executable, "-m", "mtlslint", "--version"],
            "mtlslint check, one nginx file": [sys.executable, "-m", "mtlslint", "check", folder],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for number in range(runs + 1):
            for name, command in commands.items():
                taken = seconds(command)
                if number:  # the first round warms the caches
                    times[name].append(taken)
    base = statistics.median(times["python3 -c pass"])
    print(f"{'median of ' + str(runs):32} {'ms':>8} {'ratio':>7}")
    for name, taken_times in times.items():
        median = statistics.median(taken_times)
        print(f"{name:32} {median * 1000:8.1f} {median / base:7.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 21)
