"""Transport of a generated client that always checks."""

import ssl

import certifi
import urllib3


class RESTClientObject:
    def __init__(self, configuration, pools_size=4, maxsize=None):
        more = {"cert_reqs": ssl.CERT_REQUIRED}
        if configuration.ssl_ca_cert:
            ca_certs = configuration.ssl_ca_cert
        else:
            ca_certs = certifi.where()
        if configuration.retries is not None:
            more["retries"] = configuration.retries
        if configuration.socket_options is not None:
            more["socket_options"] = configuration.socket_options
        if maxsize is None:
            maxsize = 4 if configuration.pool is None else configuration.pool
        self.pool_manager = urllib3.PoolManager(
            num_pools=pools_size, maxsize=maxsize, ca_certs=ca_certs, **more
        )
