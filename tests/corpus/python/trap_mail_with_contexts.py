"""Fetches and sends the newsletter; every protocol gets a context that checks."""

import ftplib
import imaplib
import poplib
import smtplib
import ssl


class Mailer:
    def __init__(self, host, cafile=None):
        self.host = host
        self.context = ssl.create_default_context(cafile=cafile)

    def __enter__(self):
        self.smtp = smtplib.SMTP(self.host, 587)
        self.smtp.starttls(context=self.context)
        return self.smtp

    def __exit__(self, *exc):
        self.smtp.quit()


def inbox(host):
    return imaplib.IMAP4_SSL(host, 993, ssl_context=ssl.create_default_context())


def old_inbox(host):
    box = imaplib.IMAP4(host)
    box.starttls(ssl.create_default_context())
    return box


def bounces(host):
    return poplib.POP3_SSL(host, context=ssl.create_default_context())


def archive(host):
    session = ftplib.FTP_TLS(host, context=ssl.create_default_context())
    session.login()
    session.prot_p()
    return session


def plain_relay(message):
    """The relay of this machine speaks no TLS."""
    with smtplib.SMTP("localhost") as smtp:
        smtp.send_message(message)
