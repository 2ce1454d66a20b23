"""`If-Match` is minded by exactly those routes whose description says so."""

from inside import Inside
from scene import nothing_happens
from world import make_world, routes

NEVER = {"if-match": '"999999999"'}


async def test_a_revision_that_never_was_is_refused_where_it_is_minded(inside: Inside) -> None:
    world = await make_world(inside)
    for route in routes():
        if route.takes_revision:
            async with nothing_happens(inside):
                answer = await world.call(route, "ada", world.names, NEVER)
            assert (answer.status, answer.code) == (412, "PRECONDITION_FAILED"), route.name


async def test_elsewhere_it_is_not_minded(inside: Inside) -> None:
    world = await make_world(inside)
    for route in routes():
        if not route.takes_revision:
            answer = await world.call(route, "ada", world.names, NEVER)
            assert answer.status != 412, route.name
