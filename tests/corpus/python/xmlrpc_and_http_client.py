"""Build farm: XML-RPC and raw HTTP connections."""

import http.client
import ssl
import xmlrpc.client


def hub():
    context = ssl._create_unverified_context()  # expect: MTLS401
    return xmlrpc.client.ServerProxy("https://hub.example.net/rpc", context=context)


def hub_checked():
    context = ssl.create_default_context(cafile="hub.pem")
    return xmlrpc.client.ServerProxy("https://hub.example.net/rpc", context=context)


class Farm(http.client.HTTPSConnection):
    def __init__(self, host):
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
        super().__init__(host, 8443, context=context)


def farm():
    connection = Farm("farm.example.net")
    connection.request("GET", "/")
    return connection.getresponse()
