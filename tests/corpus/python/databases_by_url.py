"""Nightly copies between databases: addresses with the mode inside."""

import asyncpg
import psycopg2
import pymysql
import mysql.connector


def source():
    dsn = "postgresql://copy@pg-a.example.net/sales?sslmode=require"
    return psycopg2.connect(dsn)  # expect: MTLS404


def by_words():
    return psycopg2.connect("host=pg-a.example.net dbname=sales sslmode=allow")  # expect: MTLS404


def chain_only():
    return psycopg2.connect(
        host="pg-b.example.net",
        sslmode="verify-ca",  # expect: MTLS402
        sslrootcert="/etc/copy/ca.pem",
    )


def checked():
    return psycopg2.connect(
        "postgresql://copy@pg-b.example.net/sales?sslmode=verify-full&sslrootcert=/etc/copy/ca.pem"
    )


async def ledger():
    return await asyncpg.connect(host="pg-c.example.net", ssl="require")  # expect: MTLS404


async def ledger_checked():
    return await asyncpg.connect(host="pg-c.example.net", ssl="verify-full")


def shop():
    return pymysql.connect(  # expect: MTLS404
        host="my.example.net",
        ssl={"cert": "/etc/copy/me.pem", "key": "/etc/copy/me.key"},
    )


def shop_checked():
    return pymysql.connect(host="my.example.net", ssl_ca="/etc/copy/ca.pem", ssl_verify_identity=True)


def shop_with_roots_alone():
    return pymysql.connect(host="my.example.net", ssl_ca="/etc/copy/ca.pem")  # expect: MTLS404


def stock():
    return mysql.connector.connect(
        host="my2.example.net",
        ssl_ca="/etc/copy/ca.pem",
        ssl_verify_cert=True,
        ssl_verify_identity=True,
    )


def scratch():
    """On this machine."""
    return psycopg2.connect("host=/run/postgresql dbname=scratch")
