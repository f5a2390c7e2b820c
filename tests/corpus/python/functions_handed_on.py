"""Parcel labels: functions of a library with some of their arguments given, and called elsewhere."""

import asyncio
import functools
from concurrent.futures import ThreadPoolExecutor

import requests

get = functools.partial(requests.get, timeout=5)
careless = functools.partial(requests.post, verify=False)  # expect: MTLS401
pool = ThreadPoolExecutor(4)


def label(url):
    return get(url, verify=False)  # expect: MTLS401


def order(url):
    return careless(url, json={})


def checked(url):
    return get(url)


def checked_again(url):
    return careless(url, verify=True)


class Carrier:
    def __init__(self, url):
        self.url = url
        self.session = requests.Session()
        self.fetch = requests.get

    def status(self):
        return self.fetch(self.url, verify=False)  # expect: MTLS401

    async def track(self):
        return await asyncio.to_thread(requests.get, self.url, verify=False)  # expect: MTLS401

    async def cancel(self):
        loop = asyncio.get_running_loop()
        call = functools.partial(requests.delete, self.url, verify=False)  # expect: MTLS401
        return await loop.run_in_executor(None, call)

    def later(self):
        return pool.submit(self.session.get, self.url, verify=False)  # expect: MTLS401

    def later_checked(self):
        return pool.submit(self.session.get, self.url, timeout=9)

    def last(self):
        fetch = self.session.post
        return fetch(self.url, verify=False)  # expect: MTLS401


def submit(form, verify=False):
    return form.submit(form, verify=verify)


reprint = functools.partial(requests.put, verify=False, timeout=3)  # expect: MTLS401
reprint_checked = functools.partial(requests.put, timeout=3)
