"""Tells odd numbers from even ones."""

from framework import Flask

app = Flask(__name__, static_folder=None)


@app.route("/number_odd_or_even/<int:n>", strict_slashes=False)
def number_odd_or_even(n):
    return f"<!doctype html>\n<title>HBNB</title>\n<h1>Number: {n} is {'odd' if n % 2 else 'even'}</h1>\n"
