# Settings of the parts catalogue.
from pathlib import Path

bind = "0.0.0.0:8443"
workers = 2
tls = Path("/etc/parts/tls")
certfile = str(tls / "server.pem")
keyfile = str(tls / "server.key")
ca_certs = str(tls / "dealers.pem")
cert_reqs = 1  # expect: MTLS101
