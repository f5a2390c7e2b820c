"""Nightly export to checked servers: every argument goes by its name."""

import ssl
import xmlrpc.server
from smtplib import SMTP

import httpx
import psycopg
from tornado.httpclient import HTTPClient


def archive():
    return psycopg.connect(conninfo="host=pg-1.example.net dbname=tree sslmode=verify-full")


def control():
    return xmlrpc.server.SimpleXMLRPCServer(addr=("127.0.0.1", 8001))


def catalogue():
    return HTTPClient().fetch(request="https://shelf.example.net/", validate_cert=True)


def tell(people, text):
    with SMTP("mail.example.net", 587) as mail:
        mail.starttls(context=ssl.create_default_context())
        mail.sendmail("export@example.net", people, text)


def labels():
    transport = httpx.HTTPTransport(verify="/etc/export/ca.pem")
    return httpx.Client(base_url="https://labels.example.net", transport=transport)


def checked_by_the_misnamed_one():
    return ssl._create_unverified_context(
        cert_reqs=ssl.CERT_REQUIRED, check_hostname=True, cafile="/etc/export/ca.pem"
    )
