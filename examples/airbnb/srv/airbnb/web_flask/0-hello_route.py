"""One page at one address."""

from framework import Flask

app = Flask(__name__, static_folder=None)


@app.route("/airbnb-onepage/", strict_slashes=False)
def hello():
    return "Hello HBNB!"


if __name__ == "__main__":
    from wsgiref.simple_server import make_server

    make_server("127.0.0.1", 5000, app).serve_forever()
