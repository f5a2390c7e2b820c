"""Observatory: what was tried is still in the file, as comments and after `if False`."""

import asyncio
import ssl

# import requests
# requests.get("https://dome.local", verify=False)


def dome():
    context = ssl.create_default_context(cafile="dome.pem")
    # context.check_hostname = False
    # context.verify_mode = ssl.CERT_NONE
    return context


def telescope():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="observers.pem")
    context.load_cert_chain("telescope.pem")
    context.verify_mode = ssl.CERT_REQUIRED  # was CERT_OPTIONAL, before that CERT_NONE
    """
    context.verify_mode = ssl.CERT_OPTIONAL
    context.set_ciphers("ALL:eNULL")
    """
    return context


async def main():
    await asyncio.open_connection("dome.example.net", 8443, ssl=dome())
    await asyncio.start_server(print, "0.0.0.0", 8443, ssl=telescope())
