"""The page: filters made here, places asked for by the script in the browser."""

import os
from html import escape
from pathlib import Path
from string import Template

import storage
from framework import NAME, Flask

app = Flask(__name__, static_folder=None)
PAGE = Template(Path(__file__).with_name("page.html").read_text(encoding="utf-8"))


def choice(kind, row):
    name = escape(row["name"])
    return f'<label><input type="checkbox" data-kind="{kind}" data-name="{name}" value="{row["id"]}"> {name}</label>'


def state(row):
    cities = "".join(f"<li>{choice('cities', city)}</li>" for city in row["cities"])
    return f'<li>{choice("states", row)}<ul>{cities}</ul></li>'


@app.route("/", strict_slashes=False)
def page():
    amenities = storage.rows("SELECT * FROM amenities ORDER BY name")
    return PAGE.substitute(
        states="\n".join(state(row) for row in storage.states_with_cities()),
        amenities="\n".join(f"<li>{choice('amenities', row)}</li>" for row in amenities),
        framework=NAME,
        pid=os.getpid(),
    )
