"""Index jobs for the catalogue."""

from elasticsearch import Elasticsearch, helpers
from opensearchpy import OpenSearch

HOSTS = ["https://es-1.example.net:9200", "https://es-2.example.net:9200"]
OPTIONS = {
    "basic_auth": ("index", "secret"),
    "verify_certs": False,  # expect: MTLS401
    "ssl_show_warn": False,
}


def old_cluster():
    return Elasticsearch(HOSTS, **OPTIONS)


def by_address():
    return Elasticsearch(
        "https://10.5.0.7:9200",
        ca_certs="/etc/index/ca.pem",
        ssl_assert_hostname=False,  # expect: MTLS402
    )


def logs():
    return OpenSearch(
        hosts=[{"host": "logs.example.net", "port": 9200}],
        use_ssl=True,
        verify_certs=False,  # expect: MTLS401
    )


def metrics():
    return OpenSearch(
        hosts=[{"host": "metrics.example.net", "port": 9200}],
        use_ssl=True,
        verify_certs=True,
        ca_certs="/etc/index/ca.pem",
    )


def new_cluster():
    return Elasticsearch(HOSTS, ca_certs="/etc/index/ca.pem", api_key="id:key")


def pinned():
    return Elasticsearch(HOSTS, ssl_assert_fingerprint="315f5bdb76d078c43b8ac0064e4a0164612b1f")


def index(client, rows):
    helpers.bulk(client, ({"_index": "parts", "_source": row} for row in rows))
