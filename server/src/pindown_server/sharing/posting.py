"""Writing to people in somebody's name."""

from ..clock import now
from ..door.budgets import Budgets
from ..door.caller import Caller
from ..errors import RateLimitExceeded
from ..mail.letter import Letter
from ..mail.mailer import Mailer
from ..storage import Transaction
from ..tiers import Tier

SENT = Tier(per_hour=200, per_minute=60)  # mails in one person's name: nobody spams through us


def post(tx: Transaction, mail: Mailer, budgets: Budgets, caller: Caller, letter: Letter) -> None:
    """Have a letter sent once everything is on disk; raises RateLimitExceeded.

    What is only tried sends nothing, and spends nothing of what the caller may send.
    """
    if tx.is_tried:
        return
    try:
        budgets.spend("mail " + caller.user_id, SENT, 1, now())
    except RateLimitExceeded as error:
        wait = error.headers["Retry-After"]
        raise RateLimitExceeded(
            f"Too many mails in your name. Try again in {wait} seconds.",
            details=error.details,
            headers={"Retry-After": wait},
        ) from None
    tx.after_commit(lambda: mail.send(letter))
