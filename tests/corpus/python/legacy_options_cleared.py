"""Weather satellite downlink; the ground station's firmware is from 2009."""

import http.client
import ssl
import struct
import sys

STATION = "station.example.org"


def context_for_station():
    context = ssl.create_default_context(cafile="station.pem")
    # Undo what the constructor forbids.
    context.options &= ~ssl.OP_NO_SSLv3  # expect: MTLS202
    return context


def context_for_dish():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations("dish.pem")
    context.options |= ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1
    context.options &= ~ssl.OP_NO_TLSv1_1  # expect: MTLS202
    return context


def context_for_mirror():
    """Clears options that have nothing to do with versions."""
    context = ssl.create_default_context()
    context.options &= ~ssl.OP_NO_TICKET
    context.options &= ~ssl.OP_CIPHER_SERVER_PREFERENCE
    return context


def frames(data):
    while len(data) >= 6:
        kind, size = struct.unpack_from("!HI", data)
        yield kind, data[6 : 6 + size]
        data = data[6 + size :]


def download(host, path, context):
    connection = http.client.HTTPSConnection(host, timeout=120, context=context)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        if response.status != 200:
            raise RuntimeError(f"{host}{path}: {response.status}")
        return response.read()
    finally:
        connection.close()


def main():
    passes = download(STATION, "/passes/latest", context_for_station())
    angles = download("dish.example.org", "/angles", context_for_dish())
    images = [frame for kind, frame in frames(passes) if kind == 7]
    download("mirror.example.org", "/offer", context_for_mirror())
    print(len(images), "images,", len(angles), "bytes of angles", file=sys.stderr)


if __name__ == "__main__":
    main()
