"""Nightly export: every argument goes by its name."""

import xmlrpc.server
from smtplib import SMTP

import httpx
import psycopg
from tornado.httpclient import HTTPClient


def archive():
    return psycopg.connect(conninfo="host=pg-1.example.net dbname=tree sslmode=require")  # expect: MTLS404


def control():
    return xmlrpc.server.SimpleXMLRPCServer(addr=("0.0.0.0", 8001))  # expect: MTLS302


def catalogue():
    return HTTPClient().fetch(request="https://shelf.example.net/", validate_cert=False)  # expect: MTLS401


def tell(people, text):
    with SMTP("mail.example.net", 587) as mail:
        mail.starttls(keyfile=None, certfile=None)  # expect: MTLS404
        mail.sendmail("export@example.net", people, text)


def labels():
    transport = httpx.HTTPTransport(verify=False)  # expect: MTLS401
    return httpx.Client(base_url="https://labels.example.net", transport=transport)
