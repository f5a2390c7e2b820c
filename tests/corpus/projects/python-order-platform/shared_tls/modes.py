"""Words for the modes of the ssl module."""

import ssl

STRICT = ssl.CERT_REQUIRED
ASK = ssl.CERT_OPTIONAL
OFF = ssl.CERT_NONE
