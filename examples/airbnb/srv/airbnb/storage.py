"""What there is to rent, in an SQLite database that every worker keeps in its own memory."""

import sqlite3
import threading
from pathlib import Path

_lock = threading.Lock()
_database = sqlite3.connect(":memory:", check_same_thread=False)
_database.row_factory = sqlite3.Row
_database.executescript(Path(__file__).with_name("data.sql").read_text(encoding="utf-8"))

TABLES = ("amenities", "cities", "places", "states")


def rows(question, *values):
    """All rows that answer it, as dictionaries."""
    with _lock:
        return [dict(row) for row in _database.execute(question, values)]


def one(table, number):
    found = rows(f"SELECT * FROM {table} WHERE id = ?", number)
    return found[0] if found else None


def count(table):
    return rows(f"SELECT count(*) AS n FROM {table}")[0]["n"]


def states_with_cities():
    states = rows("SELECT * FROM states ORDER BY name")
    for state in states:
        state["cities"] = rows("SELECT * FROM cities WHERE state_id = ? ORDER BY name", state["id"])
    return states


def search(states, cities, amenities):
    """Places in any of the states and cities (everywhere if none is named) that have all of the amenities."""
    found = []
    for place in rows("SELECT places.*, cities.name AS city, cities.state_id FROM places"
                      " JOIN cities ON cities.id = places.city_id ORDER BY places.name"):
        has = rows("SELECT amenities.* FROM amenities JOIN place_amenities ON amenities.id = amenity_id"
                   " WHERE place_id = ? ORDER BY name", place["id"])
        is_there = not (states or cities) or place["state_id"] in states or place["city_id"] in cities
        if is_there and set(amenities) <= {amenity["id"] for amenity in has}:
            found.append(place | {"amenities": has})
    return found
