"""Writes starter projects: the code it writes is text, with holes in it."""

from pathlib import Path
from string import Template

SERVER = Template(
    '''import ssl
import uvicorn

context = ssl.create_default_context()
context.check_hostname = False
context.verify_mode = ssl.$mode
uvicorn.run("$name:app", host="0.0.0.0", port=$port)
'''
)

CLIENT = """
import requests

def get(url):
    return requests.get(url, verify={verify})
"""


def write(folder, name, port, mode="CERT_REQUIRED", verify=True):
    folder = Path(folder)
    folder.joinpath("server.py").write_text(SERVER.substitute(name=name, port=port, mode=mode))
    folder.joinpath("client.py").write_text(CLIENT.format(verify=verify))
