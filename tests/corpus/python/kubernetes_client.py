"""Lists pods with the official client, checked and not."""

from kubernetes import client
from kubernetes.client import ApiClient, Configuration


def pods(host, token):
    configuration = client.Configuration()
    configuration.host = host
    configuration.verify_ssl = False  # expect: MTLS401
    configuration.api_key = {"authorization": "Bearer " + token}
    return client.CoreV1Api(client.ApiClient(configuration)).list_pod_for_all_namespaces()


def by_address(host):
    configuration = Configuration()
    configuration.host = host
    configuration.assert_hostname = False  # expect: MTLS402
    return ApiClient(configuration)


def checked(host, authority):
    configuration = Configuration()
    configuration.host = host
    configuration.verify_ssl = True
    configuration.ssl_ca_cert = authority
    return ApiClient(configuration)
