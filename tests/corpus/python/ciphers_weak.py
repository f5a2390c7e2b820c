"""Print server: talks to printers that have not been updated since they were installed."""

import socket
import ssl

MODERN = "ECDHE+AESGCM:ECDHE+CHACHA20"
WITH_3DES = "AES256-SHA:DES-CBC3-SHA"

# kept for reference, unused: "ALL:eNULL"


def spooler_context():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="drivers.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain("spooler.pem")
    context.set_ciphers("ECDHE-RSA-AES128-GCM-SHA256:RC4-SHA")  # expect: MTLS203
    return context


def plotter_context(ca):
    context = ssl.create_default_context(cafile=ca)
    context.set_ciphers(WITH_3DES)  # expect: MTLS203
    return context


def label_context(ca):
    context = ssl.create_default_context(cafile=ca)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")  # expect: MTLS203
    return context


def scanner_context(ca):
    """Integrity is enough for scans, it was decided."""
    context = ssl.create_default_context(cafile=ca)
    context.set_ciphers("ECDHE-RSA-AES128-GCM-SHA256:NULL-SHA256")  # expect: MTLS203
    return context


def badge_context(ca):
    context = ssl.create_default_context(cafile=ca)
    context.set_ciphers("aNULL:ALL:@SECLEVEL=0")  # expect: MTLS203
    return context


def office_context(ca):
    context = ssl.create_default_context(cafile=ca)
    context.set_ciphers(MODERN)
    return context


PRINTERS = {
    "plotter-3": plotter_context,
    "label-1": label_context,
    "scan-2": scanner_context,
    "badge-1": badge_context,
    "office-9": office_context,
}


def send(printer, job):
    context = PRINTERS[printer]("printers.pem")
    with socket.create_connection((printer, 631)) as raw:
        with context.wrap_socket(raw, server_hostname=printer) as tls:
            tls.sendall(len(job).to_bytes(4, "big") + job)
            return tls.recv(1) == b"\x06"


def spool():
    with socket.create_server(("0.0.0.0", 6310)) as listener:
        with spooler_context().wrap_socket(listener, server_side=True) as door:
            while True:
                client, _ = door.accept()
                printer, _, job = client.recv(1 << 20).partition(b"\n")
                client.sendall(b"ok" if send(printer.decode(), job) else b"no")
                client.close()


if __name__ == "__main__":
    spool()
