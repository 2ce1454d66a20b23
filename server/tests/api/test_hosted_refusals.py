"""What is publicly known of the hosted service's scopes, errors and budgets, fact by fact."""

import re
from typing import Any

import pytest
from facts import CARD, CARDS, MISSING, TABLE, TITLED, fits, iso
from inside import Inside
from scene import bring_key, make_board, make_pin, nothing_happens

SCOPES = {
    "pins:read": ("GET", "/v1/pins"),
    "pinboards:read": ("GET", "/v1/pinboards"),
    "datasets:read": ("GET", "/v1/datasets"),
    "pages:read": ("GET", "/v1/pages"),
}


@pytest.mark.parametrize("scope", SCOPES)
async def test_a_scope_that_lacks_is_named_and_writing_includes_reading(
    inside: Inside, scope: str
) -> None:
    method, path = SCOPES[scope]
    others = [other for other in SCOPES if other != scope]
    refused = await inside.call(method, path, who=await bring_key(inside, "ada", *others))
    assert refused.status == 403
    message = f"This endpoint requires the '{scope}' scope"
    fits(refused.json, {"error": {"code": "SCOPE_REQUIRED", "message": message}})
    for enough in (scope, scope.replace("read", "write"), "*"):
        allowed = await inside.call(method, path, who=await bring_key(inside, "ada", enough))
        assert allowed.status == 200


async def test_a_pinboard_is_shared_by_either_scope(inside: Inside) -> None:
    board = await make_board(inside)
    for scope in ("pinboards:share", "pinboards:invite"):
        key = await bring_key(inside, "ada", scope)
        shared = await inside.call("POST", f"/v1/pinboards/{board}/share", {}, who=key)
        assert shared.status == 200, scope
    for scope in ("pinboards:write", "pins:share"):
        key = await bring_key(inside, "ada", scope)
        refused = await inside.call("POST", f"/v1/pinboards/{board}/share", {}, who=key)
        assert (refused.status, refused.code) == (403, "SCOPE_REQUIRED"), scope


REFUSED: dict[str, tuple[str | None, str, str, Any, int, Any]] = {
    "no key": (None, "GET", "/v1/pins", None, 401,
        {"code": "UNAUTHORIZED", "message": "Invalid or missing API key"}),
    "no such pin": ("ada", "GET", f"/v1/pins/{MISSING}", None, 404,
        {"code": "NOT_FOUND", "message": "Pin not found or you don't have access"}),
    "no such pinboard": ("ada", "GET", "/v1/pinboards/pb-nowhere00000", None, 404,
        {"code": "NOT_FOUND", "message": "Pinboard not found or you don't have access"}),
    "no such page": ("ada", "GET", "/v1/pages/pg-nowhere00000", None, 404,
        {"code": "NOT_FOUND", "message": "Page not found or you don't have access"}),
    "somebody else's pin": ("ada", "GET", "/v1/pins/{secret}", None, 404,
        {"code": "NOT_FOUND", "message": "Pin not found or you don't have access"}),
    "a card without a type": ("ada", "POST", "/v1/pins",
        {"data_type": "pin-card", "content": CARDS, **TITLED}, 400,
        {"code": "VALIDATION_FAILED", "message": "Pin card type is required",
         "details": {"field": "pin_type", "expected": str}}),
    "what no type is": ("ada", "POST", "/v1/pins", {"pin_type": "hologram", **TITLED}, 400,
        {"code": "VALIDATION_FAILED", "details": {"reason": "INVALID_PIN_TYPE"}}),
    "a payload of another type": ("ada", "POST", "/v1/pins", {**CARD, "content": TABLE, **TITLED},
        400, {"code": "VALIDATION_FAILED",
        "message": "Invalid content structure for pin card type 'stat-cards'",
        "details": {"reason": "PIN_CONFIG_INVALID"}}),
    "too many to read": ("ada", "POST", "/v1/pins/batch/get", {"pin_ids": [MISSING] * 101}, 400,
        {"code": "VALIDATION_FAILED"}),
    "too many to write": ("ada", "DELETE", "/v1/pins/batch", {"pin_ids": [MISSING] * 51}, 400,
        {"code": "VALIDATION_FAILED"}),
    "too many pinboards to read": ("ada", "POST", "/v1/pinboards/batch/get",
        {"pinboard_ids": ["pb-nowhere00000"] * 101}, 400, {"code": "VALIDATION_FAILED"}),
    "too long a list": ("ada", "GET", "/v1/pins?limit=101", None, 400,
        {"code": "VALIDATION_FAILED", "details": {"field": "limit"}}),
    "a person who is neither editor nor viewer": ("ada", "POST", "/v1/pins",
        {**TITLED, "pending_invites": {"eve@harbour.example": "boss"}}, 400,
        {"code": "VALIDATION_FAILED"}),
}  # fmt: skip


LIMITS = {
    "limit-hour": r"\d+",
    "remaining-hour": r"\d+",
    "reset-hour": r"\d{4}-\d\d-\d\dT\d\d:00:00Z",
    "limit-minute": r"\d+",
    "remaining-minute": r"\d+",
    "reset-minute": r"\d{4}-\d\d-\d\dT\d\d:\d\d:00Z",
    "token-cost": r"\d",
}  # on every answer


@pytest.mark.parametrize("fact", REFUSED)
async def test_errors_have_the_codes_and_sentences_of_the_pages(inside: Inside, fact: str) -> None:
    who, method, path, body, status, error = REFUSED[fact]
    secret = await make_pin(inside, "dan")
    async with nothing_happens(inside):
        refused = await inside.call(method, path.replace("{secret}", secret), body, who=who)
    assert refused.status == status
    fits(refused.json, {"success": False, "error": error})
    limits = {name: refused.headers["x-ratelimit-" + name] for name in LIMITS}
    told = {name: re.fullmatch(form, limits[name]) for name, form in LIMITS.items()}
    assert all(told.values()), limits


@pytest.mark.usefixtures("one_minute")
async def test_a_spent_budget_is_told_in_full(inside: Inside) -> None:
    person = inside.cast["ada"]
    async with inside.app.parts.database.transaction() as tx:
        values = {"id": person.user_id}
        await tx.run("UPDATE users SET tier = 'hobby' WHERE id = :id", values)
    inside.app.parts.callers.forget()
    for left in range(49, -1, -1):
        passed = await inside.call("GET", "/v1/pins")
        assert (passed.status, passed.headers["x-ratelimit-remaining-minute"]) == (200, str(left))
    refused = await inside.call("GET", "/v1/pins")
    assert refused.status == 429
    details = {
        "limit": 50, "used": 51, "window": "minute", "resetAt": iso, "tier": "hobby",
        "upgrade_url": str,
    }  # fmt: skip
    message = "Rate limit exceeded. You've used 51 tokens out of 50 per minute."
    error = {"code": "RATE_LIMIT_EXCEEDED", "message": message, "details": details}
    fits(refused.json, {"success": False, "error": error})
