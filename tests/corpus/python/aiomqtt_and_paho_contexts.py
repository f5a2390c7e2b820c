"""Barn sensors: MQTT with contexts."""

import ssl

import paho.mqtt.client as mqtt


class Sensor:
    def __init__(self, name):
        self.client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, name)

    def lax(self):
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
        self.client.tls_set_context(context)
        self.client.connect("barn.example.net", 8883)

    def by_default(self):
        self.client.tls_set()
        self.client.connect("barn.example.net", 8883)

    def insecure(self):
        self.client.tls_set("barn.pem")
        self.client.tls_insecure_set(True)  # expect: MTLS402
        self.client.connect("10.0.0.1", 8883)

    def none(self):
        self.client.tls_set("barn.pem", cert_reqs=ssl.CERT_NONE)  # expect: MTLS401
        self.client.connect("10.0.0.1", 8883)

    def old(self):
        self.client.tls_set("barn.pem", tls_version=ssl.PROTOCOL_TLSv1_2)
        self.client.connect("old.example.net", 8883)
