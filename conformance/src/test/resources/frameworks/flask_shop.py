"""A small shop in Flask: what the framework does with methods, forms, files, streams, cookies and errors."""

import flask

app = flask.Flask(__name__)
app.secret_key = "not a secret: this is a test"


@app.route("/")
def index():
    return "shop\n"


@app.route("/items/<int:number>", methods=["GET", "PUT", "DELETE"])
def item(number):
    return flask.jsonify(number=number, method=flask.request.method, scheme=flask.request.scheme)


@app.route("/form", methods=["POST"])
def form():
    return flask.jsonify(name=flask.request.form["name"])


@app.route("/upload", methods=["POST"])
def upload():
    content = flask.request.files["file"].read()
    return flask.jsonify(size=len(content), name=flask.request.files["file"].filename)


@app.route("/stream")
def stream():
    return flask.Response((f"line {i}\n" for i in range(1000)), mimetype="text/plain")


@app.route("/file")
def file():
    return flask.send_file(__file__, mimetype="text/x-python")


@app.route("/login")
def login():
    flask.session["user"] = "ann"
    return flask.redirect("/me")


@app.route("/me")
def me():
    return flask.session.get("user", "nobody")


@app.route("/broken")
def broken():
    raise ValueError("this page is broken")
