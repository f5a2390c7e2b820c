"""Transcoder worker, saved in the middle of a change."""

import json
import ssl
import urllib.request


def job_context(settings):
    context = ssl.create_default_context(cafile=settings["ca"])
    if settings.get("lab"):
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
    return context


def fetch(url, settings):
    with urllib.request.urlopen(url, context=job_context(settings)) as reply:
        return json.load(reply)


def progress(done, total):
    print(f"{done}/{total}"


def upload_context():
    context = ssl.create_default_context()
    context.check_hostname = False  # expect: MTLS402
    return context


def upload(url, data):
    request = urllib.request.Request(url, data=data, method="PUT")
    with urllib.request.urlopen(request, context=upload_context()) as reply:
        return reply.status


class Worker:
    def __init__(self, settings):
        self.settings = settings
        self.jobs = []

    def step(self
        job = self.jobs.pop()
        return upload(job["target"], job["data"])

    def status(self):
        return {"waiting": len(self.jobs)}


def control_context(settings):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=settings["ca"])
    context.load_cert_chain(settings["cert"])
    context.verify_mode = ssl.CERT_OPTIONAL  # expect: MTLS101
    return context


def main(settings):
    worker = Worker(settings)
    worker.jobs += fetch(settings["queue"], settings)
    while worker.jobs:
        worker.
