"""Numbers that move as real ones do. Each is a function of time alone: a restart goes on with them."""

import math
import random
from collections.abc import Callable


def chance(seed: int, step: int) -> float:
    """A number from -1 to 1 that looks like chance and is always the same."""
    return random.Random(f"{seed}/{step}").uniform(-1, 1)  # noqa: S311  it is decoration


def drift(t: float, seed: int, period: float) -> float:
    """A curve from -1 to 1 that wanders, turning about once in a period of seconds."""
    total, size = 0.0, 1.0
    for octave in range(3):
        place = t / period * 2**octave
        step = math.floor(place)
        part = place - step
        part = part * part * (3 - 2 * part)
        before, after = chance(seed + octave * 97, step), chance(seed + octave * 97, step + 1)
        total += size * (before * (1 - part) + after * part)
        size /= 2
    return total / 1.75


def around(t: float, seed: int, middle: float, swing: float, period: float = 60) -> float:
    """A curve that wanders about a value."""
    return middle + swing * drift(t, seed, period)


def trail(value_at: Callable[[float], float], t: float, count: int, apart: float) -> list[float]:
    """The last values of a curve, so many seconds apart, the newest last."""
    return [round(value_at(t - (count - 1 - index) * apart), 3) for index in range(count)]


def signed(change: float, unit: str, digits: int = 1) -> str:
    """`+23.5 %`, with the true minus."""
    sign = "−" if change < 0 else "+"
    return f"{sign}{abs(change):.{digits}f}{unit}"
