"""A desk in Bottle: filters in routes, templates, forms, signed cookies, files, aborts, streams."""

import bottle
from bottle import request, response

app = bottle.Bottle()
SECRET = "not a secret: this is a test"


@app.get("/")
def index():
    return "desk\n"


@app.get("/hello/<name>")
def hello(name):
    response.set_header("X-Name", name)
    return bottle.template("<b>Hello {{name}}</b>", name=name)


@app.route("/sum/<a:int>/<b:int>", method=["GET", "POST"])
def add(a, b):
    return {"sum": a + b, "method": request.method, "path": request.fullpath, "url": request.urlparts.geturl()}


@app.post("/form")
def form():
    file = request.files.get("file")
    about = [file.filename, file.content_type, len(file.file.read())] if file else None
    return {"name": request.forms.getunicode("name"), "tags": request.forms.getall("tag"), "file": about}


@app.post("/json")
def json():
    return {"got": request.json}


@app.post("/size")
def size():
    return str(len(request.body.read()))


@app.post("/unread")
def unread():
    return "unread"


@app.get("/cookies")
def cookies():
    seen = request.get_cookie("seen", secret=SECRET)
    response.set_cookie("seen", "before", secret=SECRET, path="/", httponly=True)
    response.set_cookie("plain", "a b", max_age=60)
    response.delete_cookie("old", path="/x")
    return f"{seen} {request.get_cookie('plain')}"


@app.get("/file/<name>")
def file(name):
    return bottle.static_file(name, root="files")


@app.get("/download")
def download():
    return bottle.static_file("small.txt", root="files", download="letter.txt", mimetype="text/plain")


@app.get("/open")
def opened():
    return open("files/large.bin", "rb")


@app.get("/stream")
def stream():
    response.content_type = "text/plain; charset=utf-8"
    yield "first "
    for number in range(1000):
        yield f"line {number} é\n"


@app.get("/stream/none")
def stream_of_nothing():
    return iter(())


@app.get("/stream/broken")
def broken_stream():
    yield "before"
    raise ValueError("within the stream")


@app.get("/stream/early")
def early_stream():
    raise ValueError("before the stream")
    yield "never"


@app.get("/teapot")
def teapot():
    bottle.abort(418, "short and stout")


@app.get("/move")
def move():
    response.set_cookie("moved", "yes")
    bottle.redirect("/hello/there?a=b")


@app.get("/gone")
def gone():
    return bottle.HTTPResponse("gone\n", 410, X_Reason="moved out", headers={"Retry-After": "7"})


@app.get("/nothing")
def nothing():
    response.status = 204


@app.get("/raise")
def broken():
    raise ValueError("this page is broken")


@app.error(404)
def missing(error):
    return f"nothing at {request.path}\n"
