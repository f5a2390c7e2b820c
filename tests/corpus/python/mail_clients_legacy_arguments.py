"""Statement mailer with the certificate arguments of old, and a method per protocol."""

import ftplib
import imaplib
import smtplib
import ssl


class Mailer:
    def __init__(self, host):
        self.smtp = smtplib.SMTP(host, 587)

    def login(self, user, password):
        self.smtp.ehlo()
        self.smtp.starttls(keyfile="me.key", certfile="me.pem")  # expect: MTLS404
        self.smtp.login(user, password)

    def send(self, message):
        self.smtp.send_message(message)


def unverified(host):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # expect: MTLS401
    return imaplib.IMAP4_SSL(host, ssl_context=context)


def chain_only(host):
    context = ssl.create_default_context()
    context.check_hostname = False  # expect: MTLS402
    server = smtplib.SMTP(host)
    server.starttls(context=context)
    return server


def stdlib_helper(host):
    server = smtplib.SMTP(host)
    server.starttls(context=ssl._create_stdlib_context())  # expect: MTLS401
    return server


def archive(host):
    ftp = ftplib.FTP_TLS()  # expect: MTLS404
    ftp.connect(host, 21)
    ftp.auth()
    return ftp
