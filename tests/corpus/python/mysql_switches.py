"""Shop's databases with PyMySQL and the vendor's connector."""

import mysql.connector
import pymysql
import pymysql.cursors


def orders():
    return pymysql.connect(
        host="my-1.example.net",
        user="shop",
        ssl_ca="/etc/shop/ca.pem",
        ssl_verify_cert=True,
        ssl_verify_identity=True,
        cursorclass=pymysql.cursors.DictCursor,
    )


def stock():
    return pymysql.connect(host="127.0.0.1", user="shop")


def customers():
    return mysql.connector.connect(
        host="my-2.example.net",
        user="shop",
        ssl_ca="/etc/shop/ca.pem",
        ssl_verify_cert=True,
        ssl_verify_identity=True,
    )
