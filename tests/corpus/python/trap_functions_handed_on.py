"""Ferry timetable: functions that are handed on with checking left as it is, or turned on again."""

import asyncio
import functools

import requests

get = functools.partial(requests.get, timeout=5)
post = functools.partial(requests.post, timeout=5, verify="/etc/ferry/ca.pem")


def passed_on(url, verify):
    return get(url, verify=verify)


def timetable(url):
    return get(url)


def report(url):
    return post(url, json={}, verify=True)


class Harbour:
    def __init__(self):
        self.session = requests.Session()
        self.fetch = self.session.get

    def arrivals(self, url):
        return self.fetch(url, timeout=3)

    async def departures(self, url):
        return await asyncio.to_thread(self.session.get, url, timeout=3)

    async def form(self, form, verify=False):
        return form.submit(verify=verify)
