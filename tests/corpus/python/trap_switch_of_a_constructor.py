"""Watches devices; the flags of constructors decide nothing of TLS, or are handed on as they come."""

import asyncio
import ssl

import requests


class Watch:
    def __init__(self, host, verbose=False, retry=True, verify=True):
        self.host = host
        self.verbose = verbose
        self.retry = retry
        self.verify = verify

    def status(self):
        if self.verbose:
            print(self.host)
        return requests.get(f"https://{self.host}/status", verify=self.verify)

    async def read(self):
        context = ssl.create_default_context()
        if not self.retry:
            context.load_verify_locations("/etc/watch/ca.pem")
        return await asyncio.open_connection(self.host, 8883, ssl=context)


print(Watch("devices.example.net").status())
asyncio.run(Watch("devices.example.net", verbose=True).read())
