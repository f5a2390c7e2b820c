# Partner API. Run with: gunicorn -c gunicorn.conf.py partner.wsgi:application
import ssl

bind = ["0.0.0.0:8443", "[::]:8443"]
workers = 3
preload_app = True
max_requests = 2000
max_requests_jitter = 200

certfile = "/etc/partner/tls/server.pem"
keyfile = "/etc/partner/tls/server.key"
ca_certs = "/etc/partner/tls/partners.pem"
# ssl.CERT_NONE while testing, ssl.CERT_REQUIRED when all partners are on board
cert_reqs = ssl.CERT_OPTIONAL  # expect: MTLS101
do_handshake_on_connect = True

accesslog = "/var/log/partner/access.log"


def post_fork(server, worker):
    server.log.info("worker spawned (pid: %s)", worker.pid)
