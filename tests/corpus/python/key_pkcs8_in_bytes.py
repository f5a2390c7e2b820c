"""Ski lift's demo: certificate and key come with the code."""

import os
import ssl
import tempfile

CERT_PATH = "lift.pem"
# expect: MTLS602
KEY = b"""-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgbHVkWr0LW8v1CbSZ
tnU/wniAlDCpfHiRmXWXWXWXWXWhRANCAARQxrjECuZkrnmOOB0CYaKyzuOdMVsU
OL1K8hyKvlF4WX4mH2HFrOxJPlgJfmhl+rC28rAmQgM3Q9A+ZfxbKFac
-----END PRIVATE KEY-----
"""


def context():
    handle, name = tempfile.mkstemp()
    os.write(handle, KEY)
    os.close(handle)
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile="riders.pem")
    made.load_cert_chain(CERT_PATH, name)
    made.verify_mode = ssl.CERT_REQUIRED
    return made
