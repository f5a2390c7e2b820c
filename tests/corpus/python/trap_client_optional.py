"""A client that says CERT_OPTIONAL is as strict as one that says CERT_REQUIRED."""

import http.client
import ssl


def directory():
    context = ssl.create_default_context(cafile="/etc/panel/ca.pem")
    context.verify_mode = ssl.CERT_OPTIONAL
    return http.client.HTTPSConnection("directory.example.net", context=context)


def calendar():
    context = ssl.create_default_context(cafile="/etc/panel/ca.pem")
    context.verify_mode = 1
    return http.client.HTTPSConnection("calendar.example.net", context=context)


def rooms():
    context = ssl.create_default_context(cafile="/etc/panel/ca.pem")
    context.verify_mode = True
    return http.client.HTTPSConnection("rooms.example.net", context=context)


def show(connection, path):
    connection.request("GET", path)
    return connection.getresponse().read()


if __name__ == "__main__":
    for make in (directory, calendar, rooms):
        print(show(make(), "/today"))
