"""Gives roles by e-mail and has people written to; what those below sharing may ask of it."""

from collections.abc import Mapping
from typing import Any

from ...door.budgets import Budgets
from ...door.caller import Caller
from ...mail.mailer import Mailer
from ...settings import Settings
from ...storage import Reader, Transaction
from ..collaborator import Kind
from ..posting import post
from . import actions
from .invitation import url
from .letters import letter_of


class Inviter:
    """One for the whole server."""

    def __init__(self, settings: Settings, mail: Mailer, budgets: Budgets) -> None:
        self._settings = settings
        self._mail = mail
        self._budgets = budgets

    async def give_role(
        self,
        tx: Transaction,
        caller: Caller,
        kind: Kind,
        thing_id: str,
        email: str,
        role: str,
        message: str = "",
    ) -> dict[str, Any]:
        """Give somebody a role and write to them after the commit; what the giver is told.

        Without a mail server the giver is told the link of an invitation, to hand it over.
        """
        settings = self._settings
        given = await actions.give_role(tx, caller, kind, thing_id, email, role, settings.invite)
        told = dict(given.told)
        if self._mail.is_on:
            letter = letter_of(settings, kind, thing_id, given, message)
            post(tx, self._mail, self._budgets, caller, letter)
            told["mail"] = "on its way"
        elif given.token:
            told["invite_url"] = url(settings.address, given.token)
        return told

    async def give_roles(
        self, tx: Transaction, caller: Caller, pin_id: str, roles: Mapping[str, str]
    ) -> list[dict[str, Any]]:
        """Give people roles on a pin of the caller's, by e-mail."""
        return [
            await self.give_role(tx, caller, "pin", pin_id, email, role)
            for email, role in roles.items()
        ]

    async def find_email(self, reader: Reader, token: str) -> str:
        """Whom the link is for; raises NotFound, Gone."""
        shown = await actions.get_invitation(reader, token, self._settings.invite)
        return shown.invitation.email

    async def accept(self, tx: Transaction, user_id: str, token: str) -> None:
        """Give an account the role of its invitation; raises Forbidden for another's."""
        await actions.accept(tx, user_id, token, "members")
