"""Market screens with websocket-client."""

import ssl

import websocket

OPTIONS = {"cert_reqs": ssl.CERT_NONE}  # expect: MTLS401


def screen():
    return websocket.create_connection("wss://screen.example.net", sslopt=OPTIONS)


def second():
    return websocket.create_connection(
        "wss://10.4.4.4",
        sslopt={"ca_certs": "screens.pem", "check_hostname": False},  # expect: MTLS402
    )


def third(on_message):
    app = websocket.WebSocketApp("wss://screen.example.net", on_message=on_message)
    app.run_forever(sslopt={"ca_certs": "screens.pem"}, ping_interval=10)


def fourth():
    return websocket.create_connection("wss://screen.example.net", timeout=5)
