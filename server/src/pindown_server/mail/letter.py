"""A letter as plain text. Nothing that somebody typed can become a header of it."""

from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import formatdate, make_msgid

import msgspec

LONGEST_SUBJECT = 150  # characters; mail programs show no more


class Letter(msgspec.Struct, frozen=True):
    """What somebody is told."""

    to: str
    subject: str
    text: str


def is_address(email: str) -> bool:
    """Whether mail can be sent there: one mailbox, as mail servers read it."""
    try:
        return Address(addr_spec=email).addr_spec == email
    except (ValueError, IndexError, HeaderParseError):
        return False


def as_message(letter: Letter, sender: str) -> EmailMessage:
    """The letter as it is sent. Its subject is one line, whatever stands in it."""
    is_plain = letter.to.isascii() and sender.isascii()
    message = EmailMessage(policy=SMTP if is_plain else SMTPUTF8)
    message["From"] = Address("Pindown", addr_spec=sender)
    message["To"] = Address(addr_spec=letter.to)
    message["Subject"] = " ".join(letter.subject.split())[:LONGEST_SUBJECT]
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = make_msgid(domain=sender.partition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message
