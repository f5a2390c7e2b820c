"""Session store: redis by keyword and by URL."""

import os

import redis
import redis.asyncio


async def by_asyncio():
    return redis.asyncio.Redis(
        host="sessions.example.net",
        ssl=True,
        ssl_cert_reqs="none",  # expect: MTLS401
    )


def checked_url():
    return redis.from_url("rediss://sessions.example.net:6380/0?ssl_cert_reqs=required")


def from_environment():
    return redis.from_url(os.environ["REDIS_URL"], decode_responses=True)


def plain_local():
    return redis.Redis(unix_socket_path="/run/redis.sock", ssl=False)
