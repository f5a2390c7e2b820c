# corpus: profile=strict
"""Relay of the pump stations: stations below, the control room above (pyOpenSSL)."""

import socket
import threading

from OpenSSL import SSL, crypto

STATIONS = {"pump-1", "pump-2", "weir"}


def _known(connection, certificate, error, depth, verdict):
    if depth == 0 and certificate.get_subject().CN not in STATIONS:
        return False
    return bool(verdict)


def _context(name):
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.set_min_proto_version(SSL.TLS1_2_VERSION)
    context.use_certificate_chain_file(f"/run/relay/{name}.pem")
    context.use_privatekey_file(f"/run/relay/{name}.key", crypto.FILETYPE_PEM)
    context.load_verify_locations("/etc/relay/stations-ca.pem")
    store = context.get_cert_store()
    store.set_flags(crypto.X509StoreFlags.CRL_CHECK)
    mode = SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT
    context.set_verify(mode, _known)
    return context


def stations():
    context = _context("stations")
    context.set_verify_depth(100)  # expect: MTLS603
    return _serve(context, 4710)


def control_room():
    context = _context("control")
    context.set_verify_depth(2)
    return _serve(context, 4711)


def _serve(context, port):
    listener = SSL.Connection(context, socket.socket())
    listener.bind(("0.0.0.0", port))
    listener.listen(16)
    while True:
        peer, _ = listener.accept()
        threading.Thread(target=_relay, args=(peer,), daemon=True).start()


def _relay(peer):
    while data := peer.recv(4096):
        peer.sendall(data)
