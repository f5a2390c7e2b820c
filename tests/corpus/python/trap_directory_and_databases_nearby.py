"""Import of the parish registers: databases of this machine, and directories made elsewhere."""

import ldap3
import psycopg2


def by_words():
    return psycopg2.connect("host=localhost dbname=parish sslmode=require")


def by_url():
    return psycopg2.connect("postgresql://clerk@127.0.0.1/parish?sslmode=require")


def by_socket():
    return psycopg2.connect("dbname=parish sslmode=require")


def by_given(dsn):
    return psycopg2.connect(dsn)


def by_given_and_mode(dsn):
    return psycopg2.connect(dsn, sslmode="require")  # expect: MTLS404


def with_roots():
    # With roots, libpq verifies the chain in this mode, too.
    return psycopg2.connect(host="db.example.net", sslmode="require", sslrootcert="ca.pem")


def sexton(server, user, password):
    connection = ldap3.Connection(server, user, password)
    connection.start_tls()
    return connection


def bellringer(password):
    # Plaintext, and no TLS that could be verified.
    server = ldap3.Server("ldap-old.example.net")
    connection = ldap3.Connection(server, "bells", password)
    connection.bind()
    return connection
