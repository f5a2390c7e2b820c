"""Voicemail mirror that runs wherever it finds itself: imports by trial."""

try:
    import ssl
except ImportError:
    ssl = None

try:
    from urllib.request import Request, urlopen
except ImportError:
    from urllib2 import Request, urlopen


def open_url(url, check=True):
    context = None
    if ssl is not None:
        context = ssl.create_default_context()
        if not check:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
    return urlopen(Request(url), context=context)


def late(url):
    import ssl as tls
    from http.client import HTTPSConnection

    context = tls.create_default_context()
    context.check_hostname = False  # expect: MTLS402
    connection = HTTPSConnection("voice.example.net", context=context)
    connection.request("GET", url)
    return connection.getresponse().read()


def star():
    from ssl import CERT_REQUIRED, create_default_context

    context = create_default_context()
    assert context.verify_mode == CERT_REQUIRED
    return urlopen("https://voice.example.net/", context=context)
