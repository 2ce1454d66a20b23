"""A room with two racks of servers, and what they do."""

from .board import Config, DemoBoard, DemoPin
from .motion import around, drift, signed, trail

SERVERS = ["atlas", "boreas", "ceres", "dione", "eos", "flora"]
SERVICES = [
    ("Web shop", "ok", "all 6 replicas answer"),
    ("Payments", "ok", "last error 3 days ago"),
    ("Search", "warn", "index is 14 min behind"),
    ("Mail relay", "ok", "queue is empty"),
    ("Label printer", "bad", "out of paper since 08:12"),
]
BUSY = 0.75  # of a processor
JOBS = [
    ("Nightly backup", "done", 2_460, "atlas"),
    ("Search index", "running", 840, "ceres"),
    ("Invoice run", "done", 312, "dione"),
    ("Picture resize", "queued", None, "eos"),
    ("Log rotation", "done", 21, "flora"),
]


def load(t: float) -> Config:
    """Four figures that say whether to sit down."""

    def requests(at: float) -> float:
        return around(at, 101, 1_840, 420, 30)

    def slow(at: float) -> float:
        return around(at, 102, 148, 46, 25)

    busy, memory = around(t, 103, 0.47, 0.18, 40), around(t, 104, 0.71, 0.04, 120)
    return {
        "cards": [
            {
                "title": "Requests a second",
                "value": round(requests(t)),
                "change": signed(requests(t) / requests(t - 60) * 100 - 100, " %"),
                "sparkline": trail(requests, t, 30, 2),
            },
            {
                "title": "Slowest 1 %",
                "value": round(slow(t)),
                "unit": "ms",
                "goodWhen": "down",
                "change": signed(slow(t) - slow(t - 60), " ms", 0),
                "sparkline": trail(slow, t, 30, 2),
                "color": "blue",
            },
            {"title": "Processors", "value": round(busy, 2), "format": "percent"},
            {"title": "Memory", "value": round(memory, 2), "format": "percent"},
        ]
    }


def answer_times(t: float) -> Config:
    """How long people wait, with the line that should not be crossed."""
    start = int(t) // 5 * 5

    def points(seed: int, middle: float, swing: float) -> list[Config]:
        moments = range(start - 295, start + 1, 5)
        return [{"x": at * 1000, "y": round(around(at, seed, middle, swing, 45))} for at in moments]

    return {
        "series": [
            {"name": "Median", "data": points(110, 62, 18)},
            {"name": "Slowest 5 %", "data": points(111, 138, 52)},
        ],
        "unit": "ms",
        "yMin": 0,
        "thresholds": [{"value": 200, "label": "promised", "color": "red"}],
    }


def battery(t: float) -> Config:
    """How full the batteries are."""
    return {
        "score": round(around(t, 120, 92, 4, 90), 1),
        "min": 0,
        "max": 100,
        "unit": "%",
        "label": "41 minutes at this load",
        "thresholds": [
            {"value": 0, "color": "red", "label": "shut down"},
            {"value": 30, "color": "amber", "label": "low"},
            {"value": 60, "color": "green", "label": "fine"},
        ],
    }


def services(t: float) -> Config:
    """What runs and what does not."""
    behind = round(around(t, 130, 14, 5, 60))
    shown = []
    for name, signal, description in SERVICES:
        words = f"index is {behind} min behind" if name == "Search" else description
        value = f"{99.9 + drift(t, len(name), 300) / 20:.2f} %"
        shown.append({"name": name, "signal": signal, "value": value, "description": words})
    return {"indicators": shown}


def heat(t: float) -> Config:
    """Where it gets warm."""
    places = ["1", "2", "3", "4", "5", "6", "7", "8"]
    racks = ["Rack A front", "Rack A back", "Rack B front", "Rack B back"]
    return {
        "type": "heatmap",
        "labels": places,
        "series": [
            {
                "name": rack,
                "data": [
                    round(around(t, 140 + row * 8 + column, 24 + 5 * (row % 2), 2.5, 70), 1)
                    for column in range(len(places))
                ],
            }
            for row, rack in enumerate(racks)
        ],
        "unit": "°C",
        "yMin": 20,
        "yMax": 34,
    }


def plan(_t: float) -> Config:
    """Where everything stands."""
    return {
        "url": "/demo/server-room.svg",
        "alt": "Plan of the room: two racks side by side, cooling on the left, the door below",
        "caption": "The room from above",
        "fit": "contain",
    }


def servers(t: float) -> Config:
    """The six machines."""
    rows = []
    for index, name in enumerate(SERVERS):

        def busy(at: float, seed: int = 180 + index) -> float:
            return around(at, seed, 0.5, 0.35, 35)

        rows.append(
            {
                "server": name,
                "state": "busy" if busy(t) > BUSY else "ok",
                "processors": round(busy(t), 2),
                "lately": trail(busy, t, 16, 4),
                "traffic": round(around(t, 200 + index, 48, 22, 30), 1),
            }
        )
    columns = [
        {"id": "server", "label": "Server", "type": "text"},
        {"id": "state", "label": "State", "type": "badge"},
        {"id": "processors", "label": "Processors", "type": "progress"},
        {"id": "lately", "label": "The last minute", "type": "sparkline"},
        {"id": "traffic", "label": "MB/s", "type": "number"},
    ]
    return {"columns": columns, "rows": rows}


def jobs(t: float) -> Config:
    """What runs by itself."""
    part = t % 900
    rows = [
        {"job": job, "state": state, "seconds": int(part) if state == "running" else took, "on": on}
        for job, state, took, on in JOBS
    ]
    return {
        "columns": [
            {"id": "job", "name": "Job"},
            {"id": "state", "name": "State", "type": "badge"},
            {"id": "seconds", "name": "Took", "type": "number", "format": "duration", "unit": "s"},
            {"id": "on", "name": "On"},
        ],
        "rows": rows,
    }


def update(_t: float) -> Config:
    """Something that can wait until tomorrow."""
    return {
        "level": "warning",
        "title": "Certificate ends in 9 days",
        "message": "`shop.example.org` is not renewed by itself.",
        "actions": [{"label": "How to renew", "url": "https://example.org/certificates"}],
    }


SERVER_ROOM = DemoBoard(
    "server-room",
    "Server room",
    "Load, heat and what runs by itself",
    ["operations", "demo"],
    [
        DemoPin("load", "Load", "stat-cards", "4x4", (0, 0, 12, 2), load, 1, 10),
        DemoPin("answers", "Answer times", "line-chart", "3x2", (0, 2, 8, 4), answer_times, 5),
        DemoPin("battery", "Batteries", "score-gauge", "1x2", (8, 2, 4, 4), battery, 6),
        DemoPin("servers", "Servers", "flexible-table", "2x2", (0, 6, 7, 4), servers, 2, 20),
        DemoPin("services", "Services", "indicator-table", "2x2", (7, 6, 5, 4), services, 15),
        DemoPin("heat", "Heat in the racks", "charts", "2x2", (0, 10, 7, 4), heat, 4),
        DemoPin("plan", "Plan", "image", "2x2", (7, 10, 5, 4), plan, 0),
        DemoPin("jobs", "Jobs", "table", "2x2", (0, 14, 7, 3), jobs, 10),
        DemoPin("certificate", "Certificate", "alert-action", "2x1", (7, 14, 5, 3), update, 0),
    ],
)
