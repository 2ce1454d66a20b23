"""The walk, in order. Every route is in it once or more; the first step that is shown is its example."""

from typing import Any

from .step import Step

STATS = {"cards": [{"title": "Orders today", "value": 128, "change": 4.5}]}
PASSWORD = "a quiet harbour at night"  # noqa: S105  nobody's
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


def pin(title: str, value: int) -> dict[str, Any]:
    """The body of a pin with one figure."""
    cards = [{"title": title, "value": value}]
    return {"pin_type": "stat-cards", "content": {"cards": cards}, "metadata": {"title": title}}


ACCOUNTS = [
    Step("get_sign_in_state", who=None),
    Step(
        "sign_up",
        {"email": "ada@harbour.example", "password": PASSWORD, "name": "Ada", "code": "{code}"},
        keep={"ada_id": "id"},
    ),
    Step(
        "create_key",
        {"name": "Nightly import", "scopes": ["*"]},
        keep={"key_id": "id", "ada_key": "key"},
    ),
    Step("get_me"),
    Step("change_me", {"name": "Ada Lindqvist"}),
    Step("list_sessions"),
    Step(
        "create_user",
        {"email": "ben@harbour.example", "name": "Ben"},
        keep={"user_id": "id", "reset_url": "reset_url"},
    ),
    Step("reset_password", {"token": "{token}", "password": PASSWORD}, who="ben"),
    Step("forgot_password", {"email": "ben@harbour.example"}, who=None),
    Step("list_users"),
    Step("change_user", {"name": "Ben Okafor"}),
    Step(
        "create_key",
        {"name": "Display", "scopes": ["pins:read"]},
        keep={"key_id": "id"},
        shown=False,
    ),
    Step("list_keys"),
    Step("get_current_key"),
    Step("change_key", {"name": "Display in the hall"}),
    Step("rotate_key"),
    Step("revoke_key"),
]
PINS = [
    Step("list_pin_types", who=None),
    Step("get_pin_type", params={"pin_type": "stat-cards"}, who=None),
    Step(
        "create_pin",
        {
            "pin_type": "stat-cards",
            "content": STATS,
            "metadata": {"title": "Orders", "tags": ["shop"]},
        },
        keep={"pin_id": "id"},
    ),
    Step("get_pin"),
    Step("update_pin", {"content": {"cards": [{"title": "Orders today", "value": 129}]}}),
    Step("patch_pin", {"metadata": {"title": "Orders today"}}),
    Step("list_pins", query={"tag": "shop"}),
    Step("list_revisions"),
    Step("get_revision", params={"revision": "1"}),
    Step("restore_revision", params={"revision": "1"}),
    Step("get_series", query={"path": "cards/0/value"}),
    Step("duplicate_pin", keep={"copy_id": "id"}),
    Step(
        "share_pin",
        {"is_public": True, "allow_comments": True},
    ),
    Step(
        "create_pins",
        {"pins": [pin("Visitors", 512), pin("Returns", 3)]},
        keep={"second_id": "created/0/id", "third_id": "created/1/id"},
    ),
    Step(
        "update_pins",
        {
            "updates": [
                {"id": "{second_id}", "content": {"cards": [{"title": "Visitors", "value": 540}]}}
            ]
        },
    ),
    Step("get_pins", {"pin_ids": ["{pin_id}", "{second_id}"]}),
    Step(
        "add_block",
        {"type": "markdown", "name": "Note", "content": {"text": "Closed on **Sunday**."}},
        keep={"block_id": "id"},
    ),
    Step("list_pin_blocks"),
    Step("get_block"),
    Step("update_block", {"content": {"text": "Closed on **Sundays**."}}),
    Step("patch_block", {"name": "Opening hours"}),
    Step("reorder_blocks", {"order": ["{block_id}"]}),
    Step("add_pin_comment", {"text": "Best Monday so far."}, keep={"comment_id": "id"}),
    Step("list_pin_comments"),
    Step("change_pin_comment", {"text": "Best Monday this year."}),
    Step("list_shared_pin_comments", who=None),
    Step("get_shared_pin", who=None),
    Step("get_shared_series", query={"path": "cards/0/value"}, who=None),
    Step("live", query={"pins": "{pin_id}"}, who=None),
    Step("remove_pin_comment"),
    Step("remove_block"),
    Step("add_pin_collaborator", {"email": "ben@harbour.example", "role": "editor"}),
    Step("list_pin_collaborators"),
    Step("change_pin_role", {"role": "viewer"}),
    Step("get_pin_permissions"),
    Step("list_shared_pins", who="ben"),
    Step("remove_pin_collaborator"),
    Step("create_push_address", {"name": "The till"}, keep={"address_id": "id", "url": "url"}),
    Step("push_to_address", params={"secret": "{secret}"}, raw=("text/plain", b"131"), who=None),
    Step("put_to_address", params={"secret": "{secret}"}, raw=("text/plain", b"132"), who=None),
    Step("list_push_addresses"),
    Step("delete_push_address"),
    Step("push_value", params={"name": "warehouse_temperature"}, raw=("text/plain", b"4.5")),
]
DATA = [
    Step(
        "create_dataset",
        {
            "name": "Q4 Sales",
            "data": {"total": 41_900, "rows": [{"month": "October", "sum": 41_900}]},
        },
        keep={"dataset_id": "id"},
    ),
    Step("get_dataset"),
    Step("list_datasets"),
    Step("update_dataset", {"description": "What the shop sold, by month."}),
    Step("patch_dataset", {"data": {"total": 43_100}}),
    Step(
        "append_items", {"path": "rows", "items": [{"month": "November", "sum": 1_200}], "keep": 12}
    ),
    Step(
        "create_pin",
        {
            "pin_type": "markdown",
            "content": "Sold: {{q4_sales.total | currency('EUR')}}",
            "metadata": {"title": "Sales"},
        },
        shown=False,
    ),
    Step("list_dataset_uses"),
    Step("list_dataset_revisions"),
    Step("get_dataset_revision", params={"revision": "1"}),
    Step("restore_dataset_revision", params={"revision": "1"}),
    Step(
        "preview_template",
        {"template": "Sold: {{total | currency('EUR')}}", "data": {"total": 43_100}},
    ),
    Step("delete_dataset", query={"force": "true"}),
    Step("upload_file", raw=("multipart/form-data", PNG), keep={"file_id": "id"}),
    Step("list_files"),
    Step("get_file"),
    Step("remove_file"),
]
PINBOARDS = [
    Step("create_pinboard", {"title": "The shop today"}, keep={"pinboard_id": "id"}),
    Step("place_pin", {"pin_id": "{pin_id}", "position": {"x": 0, "y": 0}}),
    Step("place_pins", {"pin_ids": ["{second_id}", "{third_id}"]}),
    Step("get_pinboard"),
    Step("list_pinboard_revisions"),
    Step("get_pinboard_revision", params={"revision": "2"}),
    Step("restore_pinboard_revision", params={"revision": "3"}),
    Step("list_pinboards"),
    Step("update_pinboard", {"description": "On the screen above the till."}),
    Step("replace_layout", {"layout": {"{pin_id}": {"x": 0, "y": 0, "w": 6, "h": 2}}}),
    Step("patch_layout", {"mobile_layout": {"{pin_id}": {"x": 0, "y": 0, "w": 2, "h": 1}}}),
    Step("share_pinboard", {"is_public": True, "allow_comments": True}),
    Step("get_pinboards", {"pinboard_ids": ["{pinboard_id}"]}),
    Step("get_shared_pinboard", who=None),
    Step("add_pinboard_comment", {"text": "Can we see last year too?"}, keep={"comment_id": "id"}),
    Step("list_pinboard_comments"),
    Step("list_shared_pinboard_comments", who=None),
    Step("change_pinboard_comment", {"text": "Can we see the last year too?"}),
    Step("remove_pinboard_comment"),
    Step("add_pinboard_collaborator", {"email": "ben@harbour.example", "role": "viewer"}),
    Step("list_pinboard_collaborators"),
    Step("change_pinboard_role", {"role": "editor"}),
    Step("get_pinboard_permissions"),
    Step("create_role", {"name": "Night shift", "color": "#3355AA"}, keep={"role_id": "roleId"}),
    Step("set_role_members", {"user_ids": ["{user_id}"]}),
    Step("ask_for_roles", {"role_ids": ["{role_id}"]}),
    Step("list_roles"),
    Step("change_role", {"color": "#2244AA"}),
    Step("ask_for_roles", {"role_ids": []}, shown=False),
    Step("remove_role"),
    Step("list_shared_pinboards", who="ben"),
    Step("remove_pinboard_collaborator"),
    Step("duplicate_pinboard"),
    Step("take_pins", {"pin_ids": ["{third_id}"]}),
    Step("take_pin"),
]
PAGES = [
    Step("create_page", {"title": "Week 47"}, keep={"page_id": "id"}),
    Step("add_page_pin", {"pin_id": "{pin_id}"}),
    Step("add_page_pin", {"pin_id": "{second_id}"}, shown=False),
    Step("get_page"),
    Step("list_pages"),
    Step("update_page", {"description": "What happened, and why."}),
    Step("list_page_pins"),
    Step("order_page_pins", {"order": ["{second_id}", "{pin_id}"]}),
    Step("publish_page"),
    Step("get_shared_page", who=None),
    Step("unpublish_page"),
    Step("add_page_collaborator", {"email": "ben@harbour.example", "role": "viewer"}),
    Step("list_page_collaborators"),
    Step("change_page_role", {"role": "editor"}),
    Step("get_page_permissions"),
    Step("list_shared_pages", who="ben"),
    Step("remove_page_collaborator"),
    Step(
        "send_page_invitation",
        {"email": "cleo@harbour.example", "role": "viewer"},
        keep={"invite_url": "invite_url"},
    ),
    Step("list_page_invitations"),
    Step("list_invitations"),
    Step("get_invitation", params={"token": "{invitation}"}, who=None),
    Step(
        "sign_up",
        {"email": "cleo@harbour.example", "password": PASSWORD, "invitation": "{invitation}"},
        keep={"cleo_id": "id"},
        who="cleo",
        shown=False,
    ),
    Step("change_page_user_role", {"role": "editor"}, params={"user_id": "{cleo_id}"}),
    Step(
        "send_page_invitation",
        {"email": "dora@harbour.example", "role": "viewer"},
        keep={"invite_url": "invite_url"},
        shown=False,
    ),
    Step(
        "create_user",
        {"email": "dora@harbour.example", "name": "Dora"},
        keep={"user_id": "id", "reset_url": "reset_url"},
        shown=False,
    ),
    Step("reset_password", {"token": "{token}", "password": PASSWORD}, who="dora", shown=False),
    Step("accept_invitation", params={"token": "{invitation}"}, who="dora"),
    Step("send_page_invitation", {"email": "eve@harbour.example", "role": "viewer"}, shown=False),
    Step("withdraw_page_invitation", params={"email": "eve@harbour.example"}),
    Step(
        "add_pin_collaborator",
        {"email": "eve@harbour.example", "role": "viewer"},
        keep={"invitation_id": "id"},
        shown=False,
    ),
    Step("withdraw_invitation"),
    Step("duplicate_page"),
    Step("take_page_pin"),
    Step("delete_page"),
    Step("create_page", {"title": "Week 48"}, keep={"page_id": "id"}, shown=False),
    Step("transfer_page", {"email": "ben@harbour.example"}),
    Step("create_pinboard", {"title": "The kitchen"}, keep={"pinboard_id": "id"}, shown=False),
    Step("transfer_pinboard", {"email": "ben@harbour.example"}),
    Step("create_pin", pin("Ovens", 3), keep={"pin_id": "id"}, shown=False),
    Step("transfer_pin", {"email": "ben@harbour.example"}),
    Step("create_dataset", {"name": "Recipes", "data": []}, keep={"dataset_id": "id"}, shown=False),
    Step("transfer_dataset", {"email": "ben@harbour.example"}),
]
END = [
    Step("search", query={"q": "orders"}),
    Step("list_audit"),
    Step("delete_pins", {"pin_ids": ["{third_id}"]}),
    Step("delete_pin", params={"pin_id": "{second_id}"}),
    Step("create_pinboard", {"title": "Old"}, keep={"pinboard_id": "id"}, shown=False),
    Step("delete_pinboard"),
    Step("list_bin"),
    Step("restore_from_bin", params={"thing_id": "{second_id}"}),
    Step("remove_from_bin", params={"thing_id": "{third_id}"}),
    Step("get_openapi", who=None),
    Step("sign_in_to_account", {"email": "ben@harbour.example", "password": PASSWORD}, who="ben"),
    Step(
        "change_password",
        {"current_password": PASSWORD, "password": "another quiet harbour"},
        who="ben",
    ),
    Step(
        "sign_in_to_account",
        {"email": "ada@harbour.example", "password": PASSWORD},
        who="phone",
        shown=False,
    ),
    Step("list_sessions", keep={"session_id": "items/0/id"}, shown=False),
    Step("end_session"),
    Step("end_other_sessions"),
    Step("remove_me", who="ben"),
    Step("create_user", {"email": "fay@harbour.example"}, keep={"user_id": "id"}, shown=False),
    Step("remove_user"),
    Step("sign_out"),
]
WALK = [*ACCOUNTS, *PINS, *DATA, *PINBOARDS, *PAGES, *END]
