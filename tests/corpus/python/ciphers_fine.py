"""Mail archive. Lists full of ugly names that all stand behind an exclamation mark."""

import asyncio
import ssl

INTERMEDIATE = ":".join(
    [
        "ECDHE-ECDSA-AES128-GCM-SHA256",
        "ECDHE-RSA-AES128-GCM-SHA256",
        "ECDHE-ECDSA-AES256-GCM-SHA384",
        "ECDHE-RSA-AES256-GCM-SHA384",
        "DHE-RSA-AES128-GCM-SHA256",
    ]
)

#: What the audit of 2018 found: RC4-SHA, DES-CBC3-SHA, EXP-RC4-MD5, ADH-AES256-SHA
FOUND = ("RC4-SHA", "DES-CBC3-SHA", "EXP-RC4-MD5", "ADH-AES256-SHA")

EXCLUDED = "HIGH:!aNULL:!eNULL:!EXPORT:!DES:!3DES:!RC4:!MD5:!PSK"


def archive_context(cert, key, ca):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=ca)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(cert, key)
    context.set_ciphers(EXCLUDED)
    return context


def journal_context(cert, key, ca):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=ca)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(cert, key)
    context.set_ciphers(INTERMEDIATE)
    return context


def import_context(ca):
    context = ssl.create_default_context(cafile=ca)
    context.set_ciphers("HIGH:-3DES:!aNULL")
    return context


def old_import_context(ca):
    """SHA-1 signatures need level 1; that admits no broken cipher."""
    context = ssl.create_default_context(cafile=ca)
    context.set_ciphers("DEFAULT:@SECLEVEL=1")
    return context


def everything_but(ca):
    context = ssl.create_default_context(cafile=ca)
    context.set_ciphers("ALL:!aNULL:!eNULL:!LOW:!EXPORT:!RC4:!MD5:!3DES")
    return context


def from_settings(ca, settings):
    context = ssl.create_default_context(cafile=ca)
    if settings.get("ciphers"):
        context.set_ciphers(settings["ciphers"])
    return context


def complain(name):
    if name in FOUND or "RC4" in name or name.endswith("MD5"):
        raise ValueError(f"{name} is not allowed")


async def pull(host, context):
    reader, writer = await asyncio.open_connection(host, 993, ssl=context)
    complain(writer.get_extra_info("cipher")[0])
    return await reader.readline()


async def main(settings):
    contexts = [import_context("a.pem"), old_import_context("b.pem"), everything_but("c.pem")]
    contexts.append(from_settings("d.pem", settings))
    print(await asyncio.gather(*(pull("imap.example.com", context) for context in contexts)))
    for port, make in ((9931, archive_context), (9932, journal_context)):
        await asyncio.start_server(
            lambda reader, writer: writer.close(),
            "0.0.0.0",
            port,
            ssl=make("tls.pem", "tls.key", "clients.pem"),
        )
