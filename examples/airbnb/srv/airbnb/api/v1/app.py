"""What there is to rent, as JSON."""

import json

import storage
from framework import Flask, Response, body

app = Flask(__name__, static_folder=None)


def reply(data, status=200):
    return Response(json.dumps(data, indent=2) + "\n", status=status, mimetype="application/json")


def not_there():
    return reply({"error": "Not found"}, 404)


@app.errorhandler(404)
def unknown(_problem):
    return not_there()


@app.route("/api/v1/status", strict_slashes=False)
def status():
    return reply({"status": "OK"})


@app.route("/api/v1/stats", strict_slashes=False)
def stats():
    return reply({table: storage.count(table) for table in storage.TABLES})


@app.route("/api/v1/states", strict_slashes=False)
def states():
    return reply(storage.rows("SELECT * FROM states ORDER BY name"))


@app.route("/api/v1/states/<int:number>", strict_slashes=False)
def state(number):
    found = storage.one("states", number)
    return reply(found) if found else not_there()


@app.route("/api/v1/states/<int:number>/cities", strict_slashes=False)
def cities(number):
    if not storage.one("states", number):
        return not_there()
    return reply(storage.rows("SELECT * FROM cities WHERE state_id = ? ORDER BY name", number))


@app.route("/api/v1/cities/<int:number>", strict_slashes=False)
def city(number):
    found = storage.one("cities", number)
    return reply(found) if found else not_there()


@app.route("/api/v1/cities/<int:number>/places", strict_slashes=False)
def places(number):
    if not storage.one("cities", number):
        return not_there()
    return reply(storage.rows("SELECT * FROM places WHERE city_id = ? ORDER BY name", number))


@app.route("/api/v1/amenities", strict_slashes=False)
def amenities():
    return reply(storage.rows("SELECT * FROM amenities ORDER BY name"))


@app.route("/api/v1/amenities/<int:number>", strict_slashes=False)
def amenity(number):
    found = storage.one("amenities", number)
    return reply(found) if found else not_there()


@app.route("/api/v1/places/<int:number>", strict_slashes=False)
def place(number):
    found = storage.one("places", number)
    return reply(found) if found else not_there()


@app.route("/api/v1/places_search", methods=["POST"], strict_slashes=False)
def places_search():
    """Takes {"states": [...], "cities": [...], "amenities": [...]}, each a list of ids that may be left out."""
    try:
        wanted = json.loads(body() or b"{}")
    except ValueError:
        return reply({"error": "Not a JSON"}, 400)
    if not isinstance(wanted, dict):
        return reply({"error": "Not an object"}, 400)
    lists = [wanted.get(name) or [] for name in ("states", "cities", "amenities")]
    if not all(isinstance(one, list) and all(isinstance(number, int) for number in one) for one in lists):
        return reply({"error": "Not a list of ids"}, 400)
    return reply(storage.search(*lists))
