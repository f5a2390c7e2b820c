"""Gateway of the greenhouse: telemetry by MQTT."""

import argparse
import json
import ssl
import time

import paho.mqtt.client as mqtt
from paho.mqtt import publish

TLS_FOR_DEMO = {"cert_reqs": ssl.CERT_NONE}  # expect: MTLS401


class Gateway:
    def __init__(self, args):
        self.client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=args.name)
        if args.demo:
            self.client.tls_set(**TLS_FOR_DEMO)
        elif args.insecure:
            self.client.tls_set(args.cafile)
            self.client.tls_insecure_set(True)  # expect: MTLS402
        else:
            self.client.tls_set(args.cafile, args.cert, args.key)
        self.client.connect(args.host, 8883)

    def send(self, reading):
        self.client.publish("greenhouse/1", json.dumps(reading), qos=1)


def once(args, reading):
    publish.single(
        "greenhouse/1",
        json.dumps(reading),
        hostname=args.host,
        port=8883,
        tls={"ca_certs": args.cafile, "cert_reqs": ssl.CERT_REQUIRED},
    )


def own_context(args):
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
    client.tls_set_context(ssl.create_default_context(cafile=args.cafile))
    client.connect(args.host, 8883)
    return client


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="mqtt.example.net")
    parser.add_argument("--name", default="gateway")
    parser.add_argument("--cafile", default="/etc/gateway/ca.pem")
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--insecure", action="store_true", help="don't compare the name")
    args = parser.parse_args()
    gateway = Gateway(args)
    while True:
        gateway.send({"t": time.time()})
        time.sleep(60)
