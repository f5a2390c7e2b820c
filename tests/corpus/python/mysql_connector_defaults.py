"""Reports from the vendor's connector: a CA, and nobody who uses it."""

import mysql.connector


def turnover():
    return mysql.connector.connect(
        host="my-2.example.net",
        user="report",
        ssl_ca="/etc/shop/ca.pem",
        ssl_verify_cert=False,  # expect: MTLS401
    )


def returns():
    return mysql.connector.connect(
        host="my-2.example.net",
        user="report",
        ssl_ca="/etc/shop/ca.pem",
        ssl_verify_cert=True,
        ssl_verify_identity=False,  # expect: MTLS402
    )
