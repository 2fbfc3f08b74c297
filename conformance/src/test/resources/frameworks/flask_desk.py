"""A desk in Flask: streams with the request's context, files with ranges and conditions, sessions, hooks and teardown."""

import io

import flask
from flask import request
from werkzeug.exceptions import HTTPException

app = flask.Flask(__name__)
app.secret_key = "not a secret: this is a test"
app.config["MAX_CONTENT_LENGTH"] = 4_000_000
told = []


@app.before_request
def before():
    flask.g.begun = request.endpoint


@app.after_request
def after(response):
    response.headers["X-Begun"] = str(flask.g.begun)
    return response


@app.teardown_request
def teardown(error):
    if request.path.startswith("/told/"):
        told.append(f"teardown {type(error).__name__}")


@app.get("/")
def index():
    return "desk\n"


@app.get("/told")
def what_was_told():
    found, told[:] = told[:], []
    return found


@app.get("/told/stream")
def told_stream():
    def lines():
        try:
            for number in range(10_000_000):
                yield f"line {number} of {request.path}\n"
        finally:
            told.append("stream ended")

    response = flask.Response(flask.stream_with_context(lines()))
    response.call_on_close(lambda: told.append("closed"))
    return response


@app.get("/told/raise")
def told_raise():
    raise ValueError("this page is broken")


@app.route("/about/<int:number>", methods=["GET", "PUT", "DELETE"])
def about(number):
    response = flask.jsonify(
        number=number, method=request.method, url=request.url, base=request.base_url, root=request.url_root, args=request.args,
        endpoint=request.endpoint, remote=request.remote_addr, secure=request.is_secure, agent=str(request.user_agent),
    )
    response.set_cookie("desk", "cookie", httponly=True, samesite="Lax")
    response.delete_cookie("old")
    return response, 203, {"X-Number": number}


@app.post("/form")
def form():
    files = [[name, file.filename, file.mimetype, len(file.read())] for name, file in request.files.items(multi=True)]
    return {"form": request.form.to_dict(flat=False), "files": files}


@app.post("/json")
def posted():
    return {"got": request.get_json()}, 201


@app.post("/size")
def size():
    return str(len(request.get_data()))


@app.post("/pieces")
def pieces():
    count = 0
    while piece := request.stream.read(4096):
        count += len(piece)
    return str(count)


@app.post("/back")
def back():
    """What comes in goes out while it comes in."""
    body = request.stream
    return flask.Response(iter(lambda: body.read(1000), b""), mimetype="application/x-desk")


@app.post("/unread")
def unread():
    return "unread"


@app.get("/login/<name>")
def login(name):
    flask.session["name"] = name
    flask.session["seen"] = ["é"]
    flask.flash("welcome")
    return flask.redirect(flask.url_for("me"))


@app.get("/me")
def me():
    return {"name": flask.session.get("name"), "seen": flask.session.get("seen"), "said": flask.get_flashed_messages()}


@app.get("/file")
def file():
    return flask.send_file("files/large.bin", mimetype="application/x-desk", etag="large-1")


@app.get("/small")
def small():
    return flask.send_from_directory("files", "small.txt", as_attachment=True, download_name="brief é.txt")


@app.get("/memory")
def memory():
    return flask.send_file(io.BytesIO(b"in memory " * 1000), mimetype="text/plain")


@app.get("/tagged")
def tagged():
    response = flask.make_response("0123456789" * 100)
    response.add_etag()
    return response.make_conditional(request, accept_ranges=True, complete_length=1000)


@app.get("/stream")
def stream():
    @flask.stream_with_context
    def lines():
        yield f"for {request.args.get('name')}\n"
        for number in range(1000):
            yield f"line {number}\n"

    return lines(), {"Content-Type": "text/plain; charset=utf-8", "X-Accel-Buffering": "no"}


@app.get("/stream/broken")
def broken_stream():
    def lines():
        yield "before\n"
        raise ValueError("within the stream")

    return flask.Response(lines(), mimetype="text/plain")


@app.get("/stream/early")
def early_stream():
    def lines():
        raise ValueError("before the stream")
        yield "never"

    return flask.Response(lines(), mimetype="text/plain")


@app.get("/stream/announced")
def announced_stream():
    return flask.Response((b"%d" % n for n in range(10)), headers={"Content-Length": "10"})


@app.get("/stream/events")
def events():
    return flask.Response((f"id: {n}\ndata: {n * n}\n\n" for n in range(3)), mimetype="text/event-stream")


@app.get("/errors/<kind>")
def errors(kind):
    if kind == "raise":
        raise ValueError("this page is broken")
    if kind == "made":
        flask.abort(flask.make_response({"made": True}, 409))
    if kind == "204":
        return "", 204
    if kind == "304":
        return "", 304, {"ETag": '"x"'}
    flask.abort(int(kind))


@app.errorhandler(HTTPException)
def told_as_json(error):
    response = error.get_response()
    response.data = flask.json.dumps({"code": error.code, "name": error.name})
    response.content_type = "application/json"
    return response
