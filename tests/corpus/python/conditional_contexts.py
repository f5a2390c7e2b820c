"""Scoreboard: expressions with two outcomes, and what each of them means."""

import os
import ssl
import urllib.request

import requests

LAB = os.environ.get("LAB") == "1"


def ternary_factory(url):
    context = ssl._create_unverified_context() if LAB else ssl.create_default_context()  # expect: MTLS401
    return urllib.request.urlopen(url, context=context)


def ternary_value(url):
    return requests.get(url, verify=False if LAB else "/etc/score/ca.pem")  # expect: MTLS401


def ternary_name(url):
    context = ssl.create_default_context()
    context.check_hostname = not LAB
    return urllib.request.urlopen(url, context=context)


def chosen_ca(url):
    return requests.get(url, verify="/etc/score/lab.pem" if LAB else True)


def either(url):
    return requests.get(url, verify=os.environ.get("CA") or True)


def early_return(url):
    context = ssl.create_default_context()
    if not LAB:
        return urllib.request.urlopen(url, context=context)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
    return urllib.request.urlopen(url, context=context)


def match(url, mode):
    context = ssl.create_default_context()
    match mode:
        case "full":
            pass
        case "chain":
            context.check_hostname = False  # expect: MTLS402
    return urllib.request.urlopen(url, context=context)
