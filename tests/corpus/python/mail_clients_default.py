"""Sends invoices by mail and files the answers. No context, no check: the old defaults."""

import email
import email.policy
import ftplib
import imaplib
import poplib
import smtplib
from email.message import EmailMessage

RELAY = "smtp.example.com"


def invoice_mail(to, number, pdf):
    message = EmailMessage()
    message["From"] = "billing@example.com"
    message["To"] = to
    message["Subject"] = f"Invoice {number}"
    message.set_content("Please find the invoice attached.")
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=f"{number}.pdf")
    return message


def send_submission(message, user, password):
    with smtplib.SMTP(RELAY, 587, timeout=30) as smtp:
        smtp.ehlo()
        smtp.starttls()  # expect: MTLS404
        smtp.ehlo()
        smtp.login(user, password)
        smtp.send_message(message)


def send_implicit(message, user, password):
    with smtplib.SMTP_SSL(RELAY, 465) as smtp:  # expect: MTLS404
        smtp.login(user, password)
        smtp.send_message(message)


def unread(user, password):
    box = imaplib.IMAP4_SSL("imap.example.com")  # expect: MTLS404
    box.login(user, password)
    box.select("INBOX", readonly=True)
    _, numbers = box.search(None, "UNSEEN")
    for number in numbers[0].split():
        _, parts = box.fetch(number, "(RFC822)")
        yield email.message_from_bytes(parts[0][1], policy=email.policy.default)
    box.logout()


def unread_old_server(user, password):
    box = imaplib.IMAP4("mail.old.example.com")
    box.starttls()  # expect: MTLS404
    box.login(user, password)
    return box.select("INBOX")


def bounces(user, password):
    box = poplib.POP3_SSL("pop.example.com")  # expect: MTLS404
    box.user(user)
    box.pass_(password)
    count, _ = box.stat()
    for number in range(1, count + 1):
        yield b"\n".join(box.retr(number)[1])
    box.quit()


def bounces_old_server(user, password):
    box = poplib.POP3("pop.old.example.com")
    box.stls()  # expect: MTLS404
    box.user(user)
    box.pass_(password)
    return box.stat()


def archive(name, data, user, password):
    ftp = ftplib.FTP_TLS("ftp.example.com")  # expect: MTLS404
    ftp.login(user, password)
    ftp.prot_p()
    ftp.storbinary(f"STOR {name}", data)
    ftp.quit()
