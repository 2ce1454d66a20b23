"""A pin with blocks: a text, some code, a picture that is uploaded, and a note that depends on a dataset.

    python pin-with-blocks.py PICTURE

Needs PINDOWN_API_KEY; PINDOWN_URL names another server than this machine's.
"""

import json
import sys
from pathlib import Path

from pindown import Pindown

picture = Path(sys.argv[1])

with Pindown() as client:
    # A simple pin
    pin = client.pins.create({"pin_type": "score-gauge", "content": {"score": 72}}, title="Ovens")

    # A text and some code
    text = {"text": "The second oven is **back**."}
    code = {"code": "SELECT avg(heat) FROM ovens;", "language": "sql"}
    client.pins.blocks.create(pin["id"], name="This week", type="markdown", content=text)
    client.pins.blocks.create(pin["id"], type="code", content=code)

    # A picture
    file = client.files.upload(picture.name, picture.read_bytes())
    shown = {"file_id": file["id"], "alt": "The second oven", "width": "60%"}
    client.pins.blocks.create(pin["id"], type="image", content=shown)

    # A note that depends on a dataset
    client.datasets.create(name="Ovens", data={"heat": 240})
    note = {
        "when": "ovens.heat > 230",
        "then": "Too hot: {{ovens.heat}} °C",
        "else": "All is well.",
    }
    client.pins.blocks.create(pin["id"], type="conditional", content=note)

    for block in client.pins.blocks.list(pin["id"])["items"]:
        print(json.dumps(block))
