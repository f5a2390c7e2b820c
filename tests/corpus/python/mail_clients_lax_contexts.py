"""Statement mailer with a context per protocol."""

import ftplib
import imaplib
import smtplib
import ssl


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
