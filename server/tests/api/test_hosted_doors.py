"""Every address that is publicly known of the hosted service: what it asks for, and what it costs.

Where its pages tell no cost, a read costs 1, a write 2, what may send mail 3 and a batch 5.
"""

import pytest
from facts import MISSING, fits
from inside import Inside
from scene import bring_key, nothing_happens

ADDRESSES = {
    "POST /v1/pins": ("pins:write", 2),
    "GET /v1/pins": ("pins:read", 1),
    "GET /v1/pins/:pinId": ("pins:read", 1),
    "PUT /v1/pins/:pinId": ("pins:write", 2),
    "DELETE /v1/pins/:pinId": ("pins:write", 2),
    "POST /v1/pins/:pinId/share": ("pins:share", 3),
    "POST /v1/pins/batch/get": ("pins:read", 2),
    "POST /v1/pins/batch": ("pins:write", 5),
    "PATCH /v1/pins/batch": ("pins:write", 5),
    "DELETE /v1/pins/batch": ("pins:write", 5),
    "GET /v1/pins/:pinId/blocks": ("pins:read", 1),
    "POST /v1/pins/:pinId/blocks": ("pins:write", 2),
    "POST /v1/pins/:pinId/blocks/reorder": ("pins:write", 2),
    "PUT /v1/pins/:pinId/blocks/:blockId": ("pins:write", 2),
    "DELETE /v1/pins/:pinId/blocks/:blockId": ("pins:write", 2),
    "GET /v1/pins/:pinId/collaborators": ("pins:share", 1),
    "POST /v1/pins/:pinId/collaborators": ("pins:share", 3),
    "PUT /v1/pins/:pinId/collaborators/:userId": ("pins:share", 3),
    "DELETE /v1/pins/:pinId/collaborators/:userId": ("pins:share", 3),
    "GET /v1/pins/:pinId/permissions": ("pins:share", 1),
    "POST /v1/pinboards": ("pinboards:write", 2),
    "GET /v1/pinboards": ("pinboards:read", 1),
    "GET /v1/pinboards/:boardId": ("pinboards:read", 1),
    "PUT /v1/pinboards/:boardId": ("pinboards:write", 2),
    "DELETE /v1/pinboards/:boardId": ("pinboards:write", 2),
    "POST /v1/pinboards/:boardId/pins": ("pinboards:write", 2),
    "DELETE /v1/pinboards/:boardId/pins/:pinId": ("pinboards:write", 2),
    "PUT /v1/pinboards/:boardId/layout": ("pinboards:write", 2),
    "POST /v1/pinboards/:boardId/share": ("pinboards:share", 3),
    "POST /v1/pinboards/batch/get": ("pinboards:read", 2),
    "POST /v1/pinboards/:boardId/pins/batch": ("pinboards:write", 5),
    "DELETE /v1/pinboards/:boardId/pins/batch": ("pinboards:write", 5),
    "GET /v1/pinboards/:boardId/collaborators": ("pinboards:invite", 1),
    "POST /v1/pinboards/:boardId/collaborators": ("pinboards:invite", 3),
    "GET /v1/pinboards/:boardId/roles": ("pinboards:invite", 1),
    "POST /v1/pinboards/:boardId/roles": ("pinboards:invite", 2),
    "PUT /v1/pinboards/:boardId/roles/:roleId": ("pinboards:invite", 2),
    "DELETE /v1/pinboards/:boardId/roles/:roleId": ("pinboards:invite", 2),
    "POST /v1/pages": ("pages:write", 2),
    "GET /v1/pages": ("pages:read", 1),
    "GET /v1/pages/shared": ("pages:read", 1),
    "GET /v1/pages/:pageId": ("pages:read", 1),
    "PUT /v1/pages/:pageId": ("pages:write", 2),
    "DELETE /v1/pages/:pageId": ("pages:write", 2),
    "GET /v1/pages/:pageId/pins": ("pages:read", 1),
    "POST /v1/pages/:pageId/pins": ("pages:write", 2),
    "DELETE /v1/pages/:pageId/pins/:pinId": ("pages:write", 2),
    "POST /v1/pages/:pageId/publish": ("pages:write", 3),
    "POST /v1/pages/:pageId/unpublish": ("pages:write", 3),
    "POST /v1/pages/:pageId/invitations/send": ("pages:write", 3),
    "GET /v1/pages/:pageId/invitations": ("pages:write", 1),
    "DELETE /v1/pages/:pageId/invitations/:email": ("pages:write", 2),
    "PUT /v1/pages/:pageId/users/:userId/role": ("pages:write", 3),
    "GET /v1/datasets": ("datasets:read", 1),
    "POST /v1/datasets": ("datasets:write", 2),
    "GET /v1/datasets/:datasetId": ("datasets:read", 1),
    "PUT /v1/datasets/:datasetId": ("datasets:write", 2),
    "DELETE /v1/datasets/:datasetId": ("datasets:write", 2),
}
IDS = {
    ":pinId": MISSING,
    ":blockId": "b-nowhere00000",
    ":boardId": "pb-nowhere00000",
    ":pageId": "pg-nowhere00000",
    ":datasetId": "d-nowhere00000",
    ":roleId": "role-nowhere00000",
    ":userId": "usr_nowhere00000",
    ":email": "eve@harbour.example",
}


async def test_every_address_is_there_with_its_scope_and_its_cost(inside: Inside) -> None:
    """Each names the scope that a key without any lacks, and tells its cost even then."""
    nothing = await bring_key(inside, "ada")
    found = {}
    async with nothing_happens(inside):
        for address in ADDRESSES:
            method, path = address.split(" ")
            for name, thing_id in IDS.items():
                path = path.replace(name, thing_id)
            answer = await inside.call(method, path, {}, who=nothing)
            assert (answer.status, answer.code) == (403, "SCOPE_REQUIRED"), address
            scope = answer.json["error"]["details"]["required_scope"]
            message = f"This endpoint requires the '{scope}' scope"
            fits(answer.json, {"success": False, "error": {"message": message}})
            found[address] = (scope, int(answer.headers["x-ratelimit-token-cost"]))
    assert found == ADDRESSES


SHARED = {
    "a pin": ("/share/pin/p-abc123def456", "'none'"),
    "a pinboard": ("/share/pinboard/pb-xyz789", "'none'"),
    "a page": ("/share/pages/pg-abc123", "'none'"),
    "a page in another site": ("/share/pages/pg-abc123/embed", "*"),
    "a pinboard in another site": ("/share/pinboard/pb-xyz789/embed", "*"),
}


@pytest.mark.parametrize("fact", SHARED)
async def test_links_and_frames_of_the_hosted_service_lead_somewhere(
    inside: Inside, fact: str
) -> None:
    path, framed_by = SHARED[fact]
    shown = await inside.call("GET", path, who=None)
    assert shown.status == 200
    assert shown.headers["content-type"] == "text/html; charset=utf-8"
    policy = shown.headers["content-security-policy"]
    assert policy.split("; ")[-1] == f"frame-ancestors {framed_by}"
