"""Pools of the registry: contexts handed to database drivers."""

import ssl

import asyncpg
from sqlalchemy.ext.asyncio import create_async_engine


def lax():
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
    return context


async def pool():
    return await asyncpg.create_pool("postgresql://pg.example.net/registry", ssl=lax())


async def checked():
    context = ssl.create_default_context(cafile="/etc/registry/ca.pem")
    return await asyncpg.connect("postgresql://pg.example.net/registry", ssl=context)


async def by_name(name):
    context = ssl.create_default_context(cafile="/etc/registry/ca.pem")
    context.check_hostname = False  # expect: MTLS402
    return await asyncpg.connect(host=name, ssl=context)


def engine():
    return create_async_engine(
        "postgresql+asyncpg://pg.example.net/registry",
        connect_args={"ssl": ssl.create_default_context(cafile="/etc/registry/ca.pem")},
    )
