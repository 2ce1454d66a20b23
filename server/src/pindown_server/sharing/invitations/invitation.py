"""A role that waits for somebody who has no account yet, and its rules. No database, no HTTP."""

from typing import Any, Final, NamedTuple

from ...clock import DAY, iso
from ...errors import Forbidden, invalid
from ...mail.letter import is_address
from ..collaborator import Kind

LASTS: Final = 14 * DAY
MOST_WAITING = 500  # invitations of one person; whoever needs more has mistaken it for a newsletter


# What a key needs to look after the invitations to a thing of each kind.
SCOPES: Final[dict[Kind, str]] = {
    "pin": "pins:share",
    "pinboard": "pinboards:invite",
    "page": "pages:write",
}


class Invitation(NamedTuple):
    """Who shall have which role on what. In the order of the columns."""

    id: str
    kind: Kind
    thing_id: str
    email: str
    role: str
    invited_by: str
    created_at: int
    expires_at: int

    def require_email(self, email: str) -> None:
        """Raise Forbidden unless it is for this address."""
        if email != self.email:
            raise Forbidden("This invitation is for somebody else's e-mail")

    def as_json(self) -> dict[str, Any]:
        """The invitation as whoever sent it sees it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "thing_id": self.thing_id,
            "email": self.email,
            "role": self.role,
            "status": "pending",
            "invited_at": iso(self.created_at),
            "expires_at": self.expires_at,
        }


class Shown(NamedTuple):
    """What whoever holds the link is told."""

    invitation: Invitation
    title: str
    inviter: str
    has_account: bool

    def as_json(self) -> dict[str, Any]:
        """The invitation as the invited see it."""
        return {
            "email": self.invitation.email,
            "role": self.invitation.role,
            "kind": self.invitation.kind,
            "thing_id": self.invitation.thing_id,
            "title": self.title,
            "invited_by": self.inviter,
            "expires_at": self.invitation.expires_at,
            "has_account": self.has_account,
        }


def as_collaborator(invitation: Invitation) -> dict[str, Any]:
    """The invitation among the people of a thing; its id stands where theirs do."""
    shown = invitation.as_json()
    return {
        "id": invitation.id,
        "user_id": invitation.id,
        "name": "",
        "email": invitation.email,
        "role": invitation.role,
        "status": "pending",
        "added_at": shown["invited_at"],
        "invited_at": shown["invited_at"],
        "expires_at": invitation.expires_at,
    }


def require_mailbox(email: str) -> None:
    """Raise ValidationFailed unless mail can be sent there."""
    if not is_address(email):
        raise invalid("email", "email must be one e-mail address", "name@example.org")


def url(address: str, token: str) -> str:
    """Where the invited accept."""
    return f"{address}/invitation?token={token}"
