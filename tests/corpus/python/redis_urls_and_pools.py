"""Session store: redis by keyword, by URL, and by pool."""

import os

import redis
import redis.asyncio


def by_url():
    return redis.from_url("rediss://sessions.example.net:6380/0?ssl_cert_reqs=none")  # expect: MTLS401


def by_class_url():
    return redis.Redis.from_url(
        "rediss://sessions.example.net:6380/0",
        ssl_cert_reqs=None,  # expect: MTLS401
    )


async def by_asyncio():
    return redis.asyncio.Redis(
        host="sessions.example.net",
        ssl=True,
        ssl_cert_reqs="none",  # expect: MTLS401
    )


def chain_only():
    return redis.Redis(
        host="10.3.0.9",
        ssl=True,
        ssl_ca_certs="/etc/sessions/ca.pem",
        ssl_check_hostname=False,  # expect: MTLS402
    )


def checked_url():
    return redis.from_url("rediss://sessions.example.net:6380/0?ssl_cert_reqs=required")


def from_environment():
    return redis.from_url(os.environ["REDIS_URL"], decode_responses=True)


def plain_local():
    return redis.Redis(unix_socket_path="/run/redis.sock", ssl=False)
