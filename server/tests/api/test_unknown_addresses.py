"""What is no address of the API is refused in the same shape as everything else."""

from inside import Inside
from scene import make_pin, nothing_happens

EVERYWHERE = ("x-request-id", "x-ratelimit-remaining-hour", "x-ratelimit-token-cost")


async def test_a_body_where_none_is_read_is_told_so(inside: Inside) -> None:
    path = f"/v1/pins/{await make_pin(inside)}/duplicate"
    async with nothing_happens(inside):
        refused = await inside.call("POST", path, {"title": "Another"})
    assert (refused.status, refused.code) == (400, "VALIDATION_FAILED")
    assert "takes no body" in refused.json["error"]["message"]
    assert (await inside.call("POST", path, {})).status == 201


async def test_unknown_addresses_and_methods_are_told_so(inside: Inside) -> None:
    for method, path, status, code in (
        ("GET", "/v1", 404, "NOT_FOUND"),
        ("POST", "/v1", 404, "NOT_FOUND"),
        ("GET", "/v1/", 404, "NOT_FOUND"),
        ("GET", "/v1/nowhere", 404, "NOT_FOUND"),
        ("GET", "//v1/pins", 404, "NOT_FOUND"),  # put together with one slash too many
        ("GET", "/v1/pins/", 404, "NOT_FOUND"),  # no way round by a redirect
        ("PATCH", "/v1/pins", 405, "METHOD_NOT_ALLOWED"),
        ("GET", "/v1/pins/batch", 405, "METHOD_NOT_ALLOWED"),
    ):
        answer = await inside.call(method, path, {} if method != "GET" else None)
        assert (answer.status, answer.code, answer.json["success"]) == (status, code, False), path
        assert all(name in answer.headers for name in EVERYWHERE), path
        assert ("allow" in answer.headers) == (status == 405), path


async def test_who_forgot_v1_is_told_where_the_api_is(inside: Inside) -> None:
    answer = await inside.call("POST", "/pins", {"content": "Hello"})
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")
    assert b"begin with /v1" in answer.body
