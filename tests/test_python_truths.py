"""What libraries of Python take for off and on, where it isn't what one would think."""

from __future__ import annotations

import pytest
from test_python_libraries import settings

LAX = """
lax = ssl.create_default_context()
lax.check_hostname = False
lax.verify_mode = ssl.CERT_NONE
"""
NAMELESS = "nameless = ssl.create_default_context()\nnameless.check_hostname = False\n"


@pytest.mark.parametrize(
    ("library", "call", "name", "expected"),
    [
        ("requests", "s = requests.Session()\ns.verify = None", "peer_chain", "unverified"),
        ("requests", "requests.get('https://a', verify=None)", "peer_chain", "verified"),
        ("httpx", "httpx.get('https://a', verify='')", "peer_chain", None),
        ("httpx", "httpx.get('https://a', verify=False)", "peer_chain", "unverified"),
        (
            "httpx",
            "t = httpx.HTTPTransport()\nhttpx.Client(transport=t)",
            "peer_chain",
            None,
        ),
        ("urllib3", NAMELESS + "urllib3.PoolManager(ssl_context=nameless)", "peer_name", None),
        ("urllib3", "urllib3.PoolManager(assert_hostname=False)", "peer_name", "unverified"),
        (
            "elasticsearch",
            LAX + "elasticsearch.Elasticsearch(ssl_context=lax)",
            "peer_chain",
            None,
        ),
        (
            "elasticsearch",
            "elasticsearch.Elasticsearch(verify_certs=None)",
            "peer_chain",
            "unverified",
        ),
        (
            "elasticsearch",
            "elasticsearch.AsyncElasticsearch(ssl_assert_hostname=False)",
            "peer_name",
            "verified",
        ),
        (
            "redis",
            "redis.Redis('a', ssl=True, ssl_check_hostname=None)",
            "peer_name",
            "unverified",
        ),
        (
            "websocket",
            "websocket.create_connection('wss://a', sslopt={'check_hostname': None})",
            "peer_name",
            "unverified",
        ),
        ("kafka", "kafka.KafkaConsumer(ssl_check_hostname=None)", "peer_name", "unverified"),
        ("pymysql", "pymysql.connect(host='a', ssl_ca='ca.pem')", "peer_chain", "unverified"),
        (
            "pymysql",
            "pymysql.connect(host='a', ssl_ca='ca.pem', ssl_verify_cert=True)",
            "peer_chain",
            "verified",
        ),
        (
            "pymysql",
            "pymysql.connect(host='a', ssl_ca='ca.pem', ssl_verify_identity=True)",
            "peer_name",
            "verified",
        ),
        (
            "pymysql",
            "pymysql.connect(host='a', ssl={'ca': 'ca.pem', 'check_hostname': False})",
            "peer_name",
            "unverified",
        ),
        (
            "pymysql",
            "pymysql.connect(host='a', ssl={'ca': 'ca.pem', 'verify_mode': ssl.CERT_NONE})",
            "peer_chain",
            "verified",
        ),
        (
            "pymysql",
            "pymysql.connect(host='a', ssl=ssl.create_default_context())",
            "peer_chain",
            "verified",
        ),
    ],
)
def test_what_counts_as_off(library: str, call: str, name: str, expected: str | None) -> None:
    assert settings(f"import ssl\nimport {library}\n{call}\n", name)[-1] == expected


OPTIONS = "from twisted.internet import ssl\noptions = ssl.CertificateOptions({})"
GRANIAN = "import granian\ngranian.Granian('app:app', ssl_cert='c.pem', ssl_key='k.pem', {})"


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        (OPTIONS, "verify=True, caCerts=[root]", "required"),
        (OPTIONS, "verify=True, requireCertificate=False, caCerts=[root]", "optional"),
        (GRANIAN, "ssl_client_verify=True", "none"),
        (GRANIAN, "ssl_ca='ca.pem', ssl_client_verify=True", "required"),
        (GRANIAN, "ssl_ca='ca.pem'", "optional"),
        (GRANIAN, "ssl_ca=settings.ca, ssl_client_verify=True", None),
    ],
)
def test_whom_servers_let_in(text: str, given: str, expected: str | None) -> None:
    assert settings(text.format(given), "client_auth", "server")[-1] == expected
