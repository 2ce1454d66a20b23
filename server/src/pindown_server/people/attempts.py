"""How often somebody may try to prove who they are."""

import hashlib

from ..clock import now
from ..door.budgets import Budgets
from ..door.caller import household
from ..errors import RateLimitExceeded
from ..tiers import Tier

# One address trying one account; one address trying many; many addresses trying one account.
# The last is wide: it must not let strangers lock somebody out.
PAIR = Tier(per_hour=60, per_minute=10)
ADDRESS = Tier(per_hour=600, per_minute=60)
ACCOUNT = Tier(per_hour=1_000, per_minute=200)

MAILS = Tier(per_hour=5, per_minute=2)  # to one mailbox, whoever asks for them


NOTES = Tier(per_hour=20, per_minute=20)  # failed tries at one name that are written down


def may_mail(budgets: Budgets, email: str) -> bool:
    """Whether one more link may go to this mailbox: nobody has others flooded with them."""
    return _may(budgets, "forgot", email, MAILS)


def may_note(budgets: Budgets, email: str) -> bool:
    """Whether one more failed try at this name is written down."""
    return _may(budgets, "noted", email, NOTES)


def _may(budgets: Budgets, what: str, email: str, limit: Tier) -> bool:
    mark = hashlib.sha256(email.encode()).hexdigest()[:24]
    try:
        budgets.spend(f"{what} {mark}", limit, 1, now())
    except RateLimitExceeded:
        return False
    return True


def spend_attempt(budgets: Budgets, address: str, account: str) -> None:
    """Count one try; raises RateLimitExceeded when there were too many."""
    mark = hashlib.sha256(account.encode()).hexdigest()[:24]  # short, whatever was typed
    whose = household(address)
    limits = {
        f"attempt {mark} {whose}": PAIR,
        f"attempt {whose}": ADDRESS,
        f"attempt {mark}": ACCOUNT,
    }
    moment = now()
    for who, limit in limits.items():
        try:
            budgets.spend(who, limit, 1, moment)
        except RateLimitExceeded as error:
            wait = error.headers["Retry-After"]
            raise RateLimitExceeded(
                f"Too many attempts. Try again in {wait} seconds.",
                details=error.details,
                headers={"Retry-After": wait},
            ) from None
