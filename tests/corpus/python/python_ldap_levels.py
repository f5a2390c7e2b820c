"""Staff directory with python-ldap: levels for the process and for one connection."""

import ldap


def anyone(url):
    ldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_NEVER)  # expect: MTLS401
    return ldap.initialize(url)


def leniently(url):
    connection = ldap.initialize(url)
    connection.set_option(ldap.OPT_REFERRALS, 0)
    connection.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_ALLOW)  # expect: MTLS401
    connection.start_tls_s()
    return connection


def checked(url, authority):
    connection = ldap.initialize(url)
    connection.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_DEMAND)
    connection.set_option(ldap.OPT_X_TLS_CACERTFILE, authority)
    connection.set_option(ldap.OPT_X_TLS_NEWCTX, 0)
    return connection
