"""Nightly import of price lists from suppliers with all sorts of certificates."""

import csv
import functools
import http.client
import io
import ssl
import urllib.request
import xmlrpc.client

SUPPLIERS = {
    "north": "https://prices.north.example/export.csv",
    "south": "https://b2b.south.example:8443/prices?format=csv",
}


def fetch_north():
    url = SUPPLIERS["north"]
    context = ssl._create_unverified_context()  # expect: MTLS401
    with urllib.request.urlopen(url, context=context) as response:
        return response.read().decode("latin-1")


def fetch_south():
    connection = http.client.HTTPSConnection(
        "b2b.south.example",
        8443,
        context=ssl._create_unverified_context(),  # expect: MTLS401
    )
    connection.request("GET", "/prices?format=csv")
    return connection.getresponse().read().decode("utf-8")


def fetch_east():
    context = ssl._create_stdlib_context()  # expect: MTLS401
    handler = urllib.request.HTTPSHandler(context=context)
    opener = urllib.request.build_opener(handler)
    return opener.open("https://east.example/prices.csv").read().decode()


def fetch_west():
    """The defaults of the standard library check chain and name."""
    with urllib.request.urlopen("https://west.example/prices.csv", timeout=30) as response:
        text = response.read().decode()
    connection = http.client.HTTPSConnection("west.example")
    connection.request("POST", "/ack", body="ok")
    connection.getresponse().read()
    return text


def fetch_central():
    # expect: MTLS401
    proxy = xmlrpc.client.ServerProxy("https://erp/rpc", context=ssl._create_unverified_context())
    return proxy.prices.export("csv")


@functools.lru_cache(maxsize=1)
def rates():
    context = ssl.create_default_context()
    with urllib.request.urlopen("https://rates.example/eur.csv", context=context) as response:
        return dict(csv.reader(io.TextIOWrapper(response)))


def run():
    for fetch in (fetch_north, fetch_south, fetch_east, fetch_west, fetch_central):
        rows = list(csv.DictReader(io.StringIO(fetch()), delimiter=";"))
        print(fetch.__name__, len(rows), rates().get("USD"))


if __name__ == "__main__":
    run()
