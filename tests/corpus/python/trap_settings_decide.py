"""Whatever the operator's settings say: none of it is known here."""

import os
import ssl

import httpx
import redis
import requests
import uvicorn
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    host: str
    port: int = 8443
    verify: bool = True
    reqs: int


settings = Settings()


def fetch(url):
    return requests.get(url, verify=settings.verify)


def fetch_env(url):
    return httpx.get(url, verify=os.environ["VERIFY"] == "1")


def cache(config):
    return redis.Redis(host=config.host, ssl=config.tls, ssl_cert_reqs=config.reqs)


def client(config):
    context = ssl.create_default_context(cafile=config.ca)
    context.check_hostname = config.check_name
    return httpx.Client(verify=context)


def main():
    uvicorn.run("app:app", host=settings.host, port=settings.port)
