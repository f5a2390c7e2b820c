"""The same connectors, with checks on."""

import os
import ssl

import asyncpg
import elasticsearch
import ldap3
import paho.mqtt.client as mqtt
import psycopg
import pymongo
import pymysql
import redis
import websocket

CA = "/etc/reporting/ca.pem"


def cache():
    return redis.Redis(host="cache.example.net", port=6380, ssl=True, ssl_ca_certs=CA)


def sessions():
    # The default is ssl_cert_reqs="required"; "none" would switch it off.
    return redis.Redis(host="sessions", ssl=True, ssl_cert_reqs="required", ssl_ca_certs=CA)


def queue():
    """On this machine, without TLS."""
    return redis.Redis(host="localhost", ssl=False)


def search(hosts):
    return elasticsearch.Elasticsearch(hosts, ca_certs=CA, verify_certs=True)


def search_as_configured(hosts, config):
    return elasticsearch.Elasticsearch(hosts, verify_certs=config["verify"])


def directory(user, password):
    tls = ldap3.Tls(validate=ssl.CERT_REQUIRED, ca_certs_file=CA)
    server = ldap3.Server("ldap.example.net", use_ssl=True, tls=tls)
    return ldap3.Connection(server, user, password, auto_bind=True)


def sensors():
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, "report")
    client.tls_set(ca_certs=CA, certfile="me.pem", keyfile="me.key")
    client.tls_insecure_set(False)
    client.connect("mqtt.example.net", 8883)
    return client


def documents():
    return pymongo.MongoClient(
        "mongodb://docs.example.net",
        tls=True,
        tlsCAFile=CA,
        tlsAllowInvalidCertificates=False,
        tlsAllowInvalidHostnames=False,
    )


def orders():
    return psycopg.connect(
        host="pg.example.net",
        dbname="orders",
        sslmode="verify-full",
        sslrootcert=CA,
        sslcert="me.pem",
        sslkey="me.key",
    )


def orders_by_dsn():
    return psycopg.connect(os.environ["ORDERS_DSN"])


def orders_by_socket():
    return psycopg.connect("host=/run/postgresql dbname=orders")


async def ledger():
    return await asyncpg.connect("postgres://pg.example.net/ledger", ssl=True)


def archive():
    return pymysql.connect(host="db.example.net", ssl={"ca": CA, "check_hostname": True})


def ticker(on_message):
    app = websocket.WebSocketApp("wss://ticker.example.net", on_message=on_message)
    app.run_forever(sslopt={"cert_reqs": ssl.CERT_REQUIRED, "ca_certs": CA})
