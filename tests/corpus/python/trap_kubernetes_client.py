"""Scales a deployment with the official client as it comes."""

from kubernetes import client, config


def scale(name, replicas, verify):
    config.load_kube_config()
    configuration = client.Configuration.get_default_copy()
    configuration.verify_ssl = verify
    api = client.AppsV1Api(client.ApiClient(configuration))
    return api.patch_namespaced_deployment_scale(name, "shop", {"spec": {"replicas": replicas}})


def plain(host):
    configuration = client.Configuration()
    configuration.host = host
    configuration.assert_hostname = "kubernetes.default"
    return client.ApiClient(configuration)
