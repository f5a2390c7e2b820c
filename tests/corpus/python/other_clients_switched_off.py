"""Connectors of the reporting job: each library has its own word for the same thing."""

import ssl

import elasticsearch
import ldap3
import paho.mqtt.client as mqtt
import psycopg
import pymongo
import pymysql
import redis
import websocket


def cache():
    return redis.Redis(
        host="cache.example.net",
        port=6380,
        ssl=True,
        ssl_cert_reqs="none",  # expect: MTLS401
    )


def sessions():
    return redis.Redis(host="sessions", ssl=True, ssl_cert_reqs=None)  # expect: MTLS401


def search(hosts):
    return elasticsearch.Elasticsearch(hosts, verify_certs=False)  # expect: MTLS401


def directory(user, password):
    tls = ldap3.Tls(validate=ssl.CERT_NONE)  # expect: MTLS401
    server = ldap3.Server("ldap.example.net", use_ssl=True, tls=tls)
    return ldap3.Connection(server, user, password, auto_bind=True)


def directory_by_default(user, password):
    server = ldap3.Server("ldap2.example.net", use_ssl=True)  # expect: MTLS404
    return ldap3.Connection(server, user, password, auto_bind=True)


def sensors():
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, "report")
    client.tls_set(ca_certs="sensors.pem", cert_reqs=ssl.CERT_NONE)  # expect: MTLS401
    client.connect("mqtt.example.net", 8883)
    return client


def sensors_by_address():
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, "report-2")
    client.tls_set(ca_certs="sensors.pem")
    client.tls_insecure_set(True)  # expect: MTLS402
    client.connect("10.9.0.2", 8883)
    return client


def documents():
    return pymongo.MongoClient(
        "mongodb://docs.example.net",
        tls=True,
        tlsAllowInvalidCertificates=True,  # expect: MTLS401
    )


def orders():
    return psycopg.connect(host="pg.example.net", dbname="orders", sslmode="require")  # expect: MTLS404


def archive():
    return pymysql.connect(host="db.example.net", ssl={"cert": "me.pem"})  # expect: MTLS404


def ticker(on_message):
    app = websocket.WebSocketApp("wss://ticker.example.net", on_message=on_message)
    app.run_forever(sslopt={"cert_reqs": ssl.CERT_NONE})  # expect: MTLS401
