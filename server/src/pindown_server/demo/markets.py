"""A made-up market: coins that nobody can buy."""

from functools import partial

from .board import Config, DemoBoard, DemoPin
from .motion import around, chance, drift, signed, trail

COINS = [("Corvid", "CVD", 64_200.0), ("Lumen Tide", "LMT", 3_120.0), ("Quay", "QUA", 148.0)]
CANDLE = 20  # s in one candle
WHOLE_FROM = 1_000  # dollars from which nobody counts cents
NEAR, WEAK, DEEP = 60, 30, -20  # from where on the signs of a low count
CHEAP, DEAR = 40, 65  # strengths below and above which one buys and sells


def price(index: int, t: float) -> float:
    """What a coin costs."""
    start = COINS[index][2]
    return start * (1 + 0.06 * drift(t, 300 + index, 600) + 0.012 * drift(t, 310 + index, 45))


def prices(t: float) -> Config:
    """Three prices."""
    cards = []
    for index, (name, _sign, start) in enumerate(COINS):
        now, before = price(index, t), price(index, t - 600)
        digits = 2 if start < WHOLE_FROM else 0
        cards.append(
            {
                "title": name,
                "value": round(now, digits) if digits else round(now),
                "format": "currency",
                "unit": "USD",
                "change": signed(now / before * 100 - 100, " %", 2),
                "sparkline": trail(partial(price, index), t, 40, 15),
            }
        )
    return {"cards": cards}


def candles(t: float) -> Config:
    """The last quarter of an hour, candle by candle."""
    last = int(t) // CANDLE
    rows = []
    for number in range(last - 39, last + 1):
        start = number * CANDLE
        end = min(t, start + CANDLE)
        steps = [price(0, start + (end - start) * part / 8) for part in range(9)]
        reach = COINS[0][2] * 0.0008
        rows.append(
            {
                "time": start * 1000,
                "open": round(steps[0]),
                "high": round(max(steps) + reach * abs(chance(330, number))),
                "low": round(min(steps) - reach * abs(chance(331, number))),
                "close": round(steps[-1]),
            }
        )
    return {"type": "candlestick", "data": rows, "xKey": "time", "unit": "USD"}


def mood(t: float) -> Config:
    """From fear to greed."""
    return {
        "score": round(around(t, 340, 58, 22, 120)),
        "label": "Fear and greed",
        "thresholds": [
            {"value": 0, "color": "red", "label": "fear"},
            {"value": 40, "color": "amber", "label": "neutral"},
            {"value": 60, "color": "green", "label": "greed"},
        ],
    }


def bottom(t: float) -> Config:
    """How near a low is."""
    score = round(around(t, 350, 61, 20, 150))
    strength, depth = round(around(t, 351, 31, 8, 80)), around(t, 352, -24, 4, 200)
    return {
        "score": score,
        "status": "Near a low" if score > NEAR else "Not yet",
        "label": "Three of four have to agree",
        "signals": [
            {"name": "Relative strength", "value": strength, "threshold": WEAK, "active": strength <= WEAK},
            {"name": "Fall from the top", "value": f"{depth:.1f} %", "threshold": "−20 %", "active": depth <= DEEP},
            {"name": "Volume peak", "value": "2.4 ×", "threshold": "2 ×", "active": True},
            {"name": "Funding below zero", "value": "0.003 %", "threshold": "0 %", "active": False},
        ],
    }  # fmt: skip


def sides(t: float) -> Config:
    """Who bets on what."""
    up = round(around(t, 360, 54, 7, 60), 1)
    return {"long": up, "short": round(100 - up, 1), "asset": "CVD", "label": "Open positions",
            "change": signed(up - 50, " %")}  # fmt: skip


def signals(t: float) -> Config:
    """What the usual formulas say."""
    strength = round(around(t, 370, 52, 20, 70))
    slope = drift(t, 371, 60) * 120
    word = "buy" if strength < CHEAP else "sell" if strength > DEAR else "neutral"
    return {
        "indicators": [
            {"name": "RSI 14", "value": strength, "signal": word, "description": "strength of the last moves"},
            {"name": "MACD", "value": signed(slope, "", 0), "signal": "buy" if slope > 0 else "sell"},
            {"name": "200 days", "value": "above", "signal": "buy", "change": "+4.1 %"},
            {"name": "Bollinger", "value": "middle", "signal": "neutral"},
        ]
    }  # fmt: skip


def flows(t: float) -> Config:
    """Money in and out, hour by hour."""
    hours = [f"{hour:02d}" for hour in range(8, 18)]
    return {
        "type": "stacked-bar",
        "labels": hours,
        "series": [
            {"name": name, "data": [round(around(t, 380 + row * 20 + at, size, size / 2, 90), 1) for at in range(10)]}
            for row, (name, size) in enumerate([("Funds", 42), ("People", 18), ("Makers", 9)])
        ],
        "unit": "M",
    }  # fmt: skip


def thoughts(t: float) -> Config:
    """A page out of somebody's notebook."""
    value = price(0, t)
    lines = [
        "### Before the weekend",
        "",
        f"Corvid stands at **${value:,.0f}**. The range of the week is narrow:",
        "",
        "| level | price | why |",
        "|---|---:|---|",
        f"| ceiling | {COINS[0][2] * 1.05:,.0f} | sold three times |",
        f"| floor | {COINS[0][2] * 0.95:,.0f} | bought twice |",
        "",
        r"Risk a day at most $r = 0.01 \times c$, and *never* add to a loss.",
    ]
    return {"content": "\n".join(lines)}


MARKETS = DemoBoard(
    "markets",
    "Markets",
    "Three coins that do not exist",
    ["markets", "demo"],
    [
        DemoPin("prices", "Prices", "stat-cards", "4x4", (0, 0, 12, 2), prices, 1, 10),
        DemoPin("candles", "Corvid", "charts", "3x2", (0, 2, 8, 4), candles, 2),
        DemoPin("mood", "Mood", "score-gauge", "1x2", (8, 2, 4, 4), mood, 5),
        DemoPin("bottom", "Bottom detector", "bottom-detector", "2x2", (0, 6, 5, 4), bottom, 6),
        DemoPin("signals", "Signals", "indicator-table", "2x2", (5, 6, 4, 4), signals, 5),
        DemoPin("sides", "Long and short", "long-short-pie", "1x2", (9, 6, 3, 4), sides, 4),
        DemoPin("flows", "Flows", "charts", "2x2", (0, 10, 7, 4), flows, 8),
        DemoPin("thoughts", "Notebook", "markdown", "2x2", (7, 10, 5, 4), thoughts, 15),
    ],
)
