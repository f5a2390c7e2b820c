"""Migrations between clusters."""

import psycopg
import psycopg2
import psycopg_pool

ARGUMENTS = {"host": "pg-1.example.net", "dbname": "tree", "user": "mover"}


def require():
    return psycopg.connect(**ARGUMENTS, sslmode="require")  # expect: MTLS404


def prefer():
    return psycopg2.connect(host="pg-2.example.net", dbname="tree", sslmode="prefer")  # expect: MTLS404


def full():
    return psycopg.connect(**ARGUMENTS, sslmode="verify-full", sslrootcert="/etc/mover/ca.pem")


def pool():
    return psycopg_pool.ConnectionPool(
        "host=pg-1.example.net sslmode=verify-full sslrootcert=system", open=False
    )


def socket():
    return psycopg2.connect(dbname="tree", host="/run/postgresql", sslmode="disable")
