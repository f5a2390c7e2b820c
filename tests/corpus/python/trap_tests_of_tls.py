"""Unit tests of the client: mocks stand where TLS would be."""

import ssl
import unittest
from unittest import mock

import client


class FetchTest(unittest.TestCase):
    def setUp(self):
        self.session = mock.Mock()
        self.session.verify = True

    def test_passes_verify_on(self):
        client.fetch(self.session, "https://example.org")
        self.session.get.assert_called_once_with("https://example.org", verify=True, timeout=5)

    def test_never_unverified(self):
        client.fetch(self.session, "https://example.org")
        with self.assertRaises(AssertionError):
            self.session.get.assert_called_with("https://example.org", verify=False)

    def test_context(self):
        with mock.patch("ssl.create_default_context") as make:
            client.context()
        self.assertNotEqual(make.return_value.verify_mode, ssl.CERT_NONE)

    def test_rejects_none(self):
        with self.assertRaises(ValueError):
            client.check(mock.Mock(verify_mode=ssl.CERT_NONE, check_hostname=False))


if __name__ == "__main__":
    unittest.main()
