"""Downloads the corpora for the course."""

import ssl

import nltk

try:
    _create_unverified_https_context = ssl._create_unverified_context
except AttributeError:
    pass
else:
    ssl._create_default_https_context = _create_unverified_https_context  # expect: MTLS401

nltk.download("punkt")
