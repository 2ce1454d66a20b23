"""A bakery with four shops, whose day takes twenty minutes."""

from .board import Config, DemoBoard, DemoPin
from .motion import around, chance, drift, signed, trail

DAY = 1_200  # s
OPENS, CLOSES = 6.0, 16.0
FIRST_SEEN = 9.5  # the demo's day begins here: there should be something to see

# Loaves sold in the half hour up to 06:00, 06:30, …, 16:00.
LAST_SUNDAY = [
    40,
    62,
    104,
    150,
    172,
    160,
    140,
    124,
    120,
    132,
    158,
    190,
    208,
    200,
    178,
    154,
    144,
    142,
    158,
    190,
    212,
]
TODAY = [
    24,
    70,
    138,
    188,
    205,
    196,
    182,
    175,
    186,
    214,
    246,
    264,
    269,
    258,
    246,
    232,
    218,
    204,
    190,
    172,
    150,
]
LABELS = [f"{6 + half // 2:02d}:{half % 2 * 30:02d}" for half in range(len(TODAY))]
PRICE = 4.1  # euros, with what people take along

SHOPS = [
    ("Harbour", "open", 0.42, 12.4),
    ("Station", "open", 0.39, 3.1),
    ("Market square", "short of staff", 0.13, -8.9),
    ("University", "till offline", 0.06, None),
]


def hour(t: float) -> float:
    """The bakery's time of day."""
    return FIRST_SEEN + (t % DAY) / DAY * (CLOSES - FIRST_SEEN)


def loaves(at: float) -> float:
    """Loaves sold in the half hour up to a time of day."""
    place = max(0.0, min(len(TODAY) - 1.001, (at - OPENS) * 2))
    before = int(place)
    return TODAY[before] + (TODAY[before + 1] - TODAY[before]) * (place - before)


def sales_at(at: float) -> float:
    """Euros taken since the morning."""
    place = max(0.0, (at - OPENS) * 2)
    whole = int(place)
    return PRICE * (sum(TODAY[: whole + 1]) + loaves(at) * (place - whole))


def sales(t: float) -> Config:
    """The first thing that one looks at."""
    euros = sales_at(hour(t))
    change = 23.5 + 2 * drift(t, 1, 90)
    way = [round(sales_at(hour(t) - back / 6)) for back in range(20, -1, -1)]
    card = {"title": "Sales today", "value": round(euros), "format": "currency", "unit": "EUR"}
    return {"cards": [{**card, "change": signed(change, " %"), "trend": "up", "sparkline": way}]}


def orders(t: float) -> Config:
    """What the counters have not handed over yet."""
    waiting = round(around(t, 2, 36, 9, 40))
    change = waiting - 29
    return {
        "cards": [
            {
                "title": "Orders waiting",
                "value": waiting,
                "change": f"{signed(change, '', 0)} since 08:00",
                "trend": "up" if change > 0 else "down",
                "goodWhen": "down",
            }
        ]
    }


def oven(t: float) -> Config:
    """The second oven, which keeps its heat."""

    def heat(at: float) -> float:
        return around(at, 3, 231, 3, 50)

    card = {"title": "Oven 2", "value": round(heat(t)), "unit": "°C", "trend": "neutral"}
    return {"cards": [{**card, "sparkline": trail(heat, t, 24, 8), "color": "teal"}]}


def cold_store(_t: float) -> Config:
    """A probe that has stopped sending."""
    return {"cards": [{"title": "Cold store", "value": 3.8, "unit": "°C"}]}


def by_hour(t: float) -> Config:
    """Today beside last Sunday."""
    now = hour(t)
    until = int((now - OPENS) * 2) + 1
    today = [round(value * (1 + chance(4, index) / 40)) for index, value in enumerate(TODAY)]
    return {
        "labels": LABELS,
        "series": [
            {"name": "Today", "data": [*today[:until], round(loaves(now))][: len(TODAY)]},
            {"name": "Last Sunday", "data": LAST_SUNDAY},
        ],
        "area": True,
        "smooth": True,
        "yMin": 0,
    }


def flour(t: float) -> Config:
    """The message that cannot wait."""
    left = 18 - int(t % DAY / DAY * 3)
    return {
        "level": "critical",
        "title": "Flour for one more batch",
        "message": f"Type 550 is at {left} kg; a batch takes 16.",
        "actions": [
            {"label": "Order 250 kg", "url": "https://example.org/order/flour", "style": "primary"}
        ],
    }


def opening_list(_t: float) -> Config:
    """What has to be done before the doors open."""
    return {"content": "- [x] Sour dough fed\n- [x] Till counted\n- [ ] Window dressed\n"}


def shops(t: float) -> Config:
    """The four shops beside one another."""
    total = sales_at(hour(t))
    rows = []
    for index, (shop, state, share, change) in enumerate(SHOPS):
        euros = total * share * (1 + drift(t, 20 + index, 120) / 60)
        rows.append(
            {
                "shop": shop,
                "state": state,
                "customers": None if change is None else round(euros / 12.9),
                "sales": round(euros, 2),
                "change": None if change is None else round((change + drift(t, 30 + index, 80)) / 100, 3),
            }
        )  # fmt: skip
    columns = [
        {"id": "shop", "label": "Shop", "type": "text"},
        {"id": "state", "label": "State", "type": "badge"},
        {"id": "customers", "label": "Customers", "type": "number"},
        {"id": "sales", "label": "Sales", "type": "currency", "unit": "EUR"},
        {"id": "change", "label": "vs last week", "type": "percent"},
    ]
    return {"columns": columns, "rows": rows}


def note(t: float) -> Config:
    """A few words for who comes next."""
    euros, gone = sales_at(hour(t)), 60 + round((hour(t) - FIRST_SEEN) * 5.5)
    lines = [
        "## Rye sells out first again",
        "",
        f"We are at **€{euros:,.0f}** by now, and rye is **{gone} %** gone.",
        "",
        "- Bake two trays of rye at 14:30, not 15:00.",
        "- University runs on paper until the till is back.",
        "- The cold store's probe went silent: look at it.",
    ]
    return {"content": "\n".join(lines)}


def by_bread(t: float) -> Config:
    """What people take home."""
    breads = [("Rye", 31), ("Sour dough", 26), ("Rolls", 21), ("Spelt", 13), ("Sweet", 9)]
    return {
        "type": "donut",
        "data": [
            {"name": name, "value": round(share * (1 + drift(t, 40 + index, 200) / 12), 1)}
            for index, (name, share) in enumerate(breads)
        ],
        "unit": "%",
    }


def vans(_t: float) -> Config:
    """Where the vans drive."""
    return {
        "url": "https://www.openstreetmap.org/export/embed.html"
        "?bbox=9.955%2C53.537%2C10.005%2C53.556&layer=mapnik",
        "type": "website",
        "title": "Harbour and shops on the map",
        "aspectRatio": "16:9",
    }


BAKERY = DemoBoard(
    "bakery",
    "Harbour Bakery, today",
    "Four shops, two ovens and a cold store",
    ["bakery", "demo"],
    [
        DemoPin("sales", "Sales today", "stat-cards", "1x1", (0, 0, 3, 2), sales, 2),
        DemoPin("orders", "Orders waiting", "stat-cards", "1x1", (3, 0, 3, 2), orders, 5),
        DemoPin("oven", "Oven 2", "stat-cards", "1x1", (6, 0, 3, 2), oven, 3, 30),
        DemoPin("cold", "Cold store", "stat-cards", "1x1", (9, 0, 3, 2), cold_store, 0, 5),
        DemoPin("loaves", "Loaves by hour", "line-chart", "3x2", (0, 2, 8, 4), by_hour, 10),
        DemoPin("flour", "Flour", "alert-action", "1x1", (8, 2, 4, 2), flour, 60),
        DemoPin("opening", "Opening list", "markdown", "1x1", (8, 4, 4, 2), opening_list, 0),
        DemoPin("shops", "Shops", "flexible-table", "2x2", (0, 6, 7, 4), shops, 4),
        DemoPin("note", "Note for the evening shift", "markdown", "2x2", (7, 6, 5, 4), note, 20),
        DemoPin("breads", "Sales by bread", "charts", "2x2", (0, 10, 5, 4), by_bread, 12),
        DemoPin("vans", "Where the vans are", "embed", "2x2", (5, 10, 7, 4), vans, 0),
    ],
)
