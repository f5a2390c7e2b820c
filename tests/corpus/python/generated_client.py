"""Transport of a client that was generated from a description of its interface."""

import ssl

import certifi
import urllib3


class RESTClientObject:
    def __init__(self, configuration, pools_size=4, maxsize=None):
        if configuration.verify_ssl:
            cert_reqs = ssl.CERT_REQUIRED
        else:
            cert_reqs = ssl.CERT_NONE

        if configuration.ssl_ca_cert:
            ca_certs = configuration.ssl_ca_cert
        else:
            ca_certs = certifi.where()

        more = {}
        if configuration.retries is not None:
            more["retries"] = configuration.retries
        if configuration.socket_options is not None:
            more["socket_options"] = configuration.socket_options

        if maxsize is None:
            if configuration.connection_pool_maxsize is not None:
                maxsize = configuration.connection_pool_maxsize
            else:
                maxsize = 4

        if configuration.proxy:
            self.pool_manager = urllib3.ProxyManager(
                num_pools=pools_size,
                maxsize=maxsize,
                cert_reqs=cert_reqs,  # expect: MTLS401
                ca_certs=ca_certs,
                proxy_url=configuration.proxy,
                **more,
            )
        else:
            self.pool_manager = urllib3.PoolManager(
                num_pools=pools_size,
                maxsize=maxsize,
                cert_reqs=cert_reqs,  # expect: MTLS401
                ca_certs=ca_certs,
                **more,
            )
