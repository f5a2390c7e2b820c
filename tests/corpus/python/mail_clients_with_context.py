"""Mail and file transfer that check whom they talk to, or do not leave the machine."""

import contextlib
import ftplib
import imaplib
import poplib
import smtplib
import ssl
from dataclasses import dataclass, field
from typing import Iterator


def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


@dataclass
class Account:
    user: str
    password: str = field(repr=False)
    host: str = "mail.example.com"
    context: ssl.SSLContext = field(default_factory=_context)

    @contextlib.contextmanager
    def smtp(self) -> Iterator[smtplib.SMTP]:
        with smtplib.SMTP(self.host, 587) as smtp:
            smtp.starttls(context=self.context)
            smtp.login(self.user, self.password)
            yield smtp

    @contextlib.contextmanager
    def imap(self) -> Iterator[imaplib.IMAP4_SSL]:
        box = imaplib.IMAP4_SSL(self.host, ssl_context=ssl.create_default_context())
        box.login(self.user, self.password)
        try:
            yield box
        finally:
            box.logout()

    def pop(self) -> poplib.POP3_SSL:
        context = ssl.create_default_context(cafile="/etc/mail/ca.pem")
        box = poplib.POP3_SSL(self.host, context=context)
        box.user(self.user)
        box.pass_(self.password)
        return box


def submit(messages, account):
    context = ssl.create_default_context()
    with smtplib.SMTP_SSL(account.host, 465, context=context) as smtp:
        smtp.login(account.user, account.password)
        for message in messages:
            smtp.send_message(message)


def starttls_imap(host):
    box = imaplib.IMAP4(host)
    box.starttls(ssl_context=_context())
    return box


def drop(path, name):
    with ftplib.FTP_TLS(context=ssl.create_default_context()) as ftp:
        ftp.connect("ftp.example.com")
        ftp.login("drop", "box")
        ftp.prot_p()
        with open(path, "rb") as data:
            ftp.storbinary(f"STOR {name}", data)


def hand_to_local_relay(message):
    """The relay on this machine has a snakeoil certificate; nobody stands in between."""
    with smtplib.SMTP("localhost", 25) as smtp:
        smtp.starttls()
        smtp.send_message(message)


def plain_local(message):
    # No TLS at all, and none claimed.
    with smtplib.SMTP("127.0.0.1") as smtp:
        smtp.send_message(message)
