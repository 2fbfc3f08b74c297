"""A desk in Werkzeug alone: a map of rules, its requests and responses, its middleware."""

import json

from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge, abort
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.shared_data import SharedDataMiddleware
from werkzeug.routing import Map, Rule
from werkzeug.utils import redirect, send_file
from werkzeug.wrappers import Request, Response
from werkzeug.wsgi import FileWrapper, wrap_file

RULES = Map([
    Rule("/", endpoint="index"), Rule("/about/<int:number>", endpoint="about"), Rule("/form", endpoint="form", methods=["POST"]),
    Rule("/size", endpoint="size"), Rule("/pieces", endpoint="pieces"), Rule("/unread", endpoint="unread"),
    Rule("/json", endpoint="posted"), Rule("/send", endpoint="send"), Rule("/wrapped", endpoint="wrapped"),
    Rule("/tagged", endpoint="tagged"), Rule("/stream/<kind>", endpoint="stream"), Rule("/errors/<kind>", endpoint="errors"),
    Rule("/slash/", endpoint="index"),
])


class Limited(Request):
    max_content_length = 5_000_000


def index(request):
    return Response("desk\n", mimetype="text/plain")


def about(request, number):
    response = Response(mimetype="application/json")
    response.data = json.dumps({
        "number": number, "method": request.method, "url": request.url, "args": request.args.to_dict(),
        "cookies": request.cookies.to_dict(), "accept": list(request.accept_mimetypes.values()),
        "auth": request.authorization and request.authorization.username,
    })
    response.set_cookie("desk", "cookie", httponly=True, samesite="Lax")
    response.delete_cookie("old")
    response.headers.add("X-One", "1")
    response.headers.add("X-One", "2")
    response.vary.add("Cookie")
    return response


def form(request):
    files = [[name, file.filename, file.mimetype, len(file.read())] for name, file in request.files.items()]
    return Response(json.dumps({"form": request.form.to_dict(flat=False), "files": files}))


def size(request):
    return Response(str(len(request.get_data())))


def pieces(request):
    count = 0
    while True:
        piece = request.stream.read(4096)
        if not piece:
            return Response(str(count))
        count += len(piece)


def unread(request):
    return Response("unread")


def posted(request):
    return Response(json.dumps({"got": request.get_json()}), 201, {"Location": "/about/8"})


def send(request):
    return send_file("files/large.bin", request.environ, mimetype="application/x-desk")


def wrapped(request):
    return Response(wrap_file(request.environ, open("files/large.bin", "rb")), direct_passthrough=True)


def tagged(request):
    response = Response("0123456789" * 100)
    response.add_etag()
    response.cache_control.max_age = 60
    return response.make_conditional(request, accept_ranges=True, complete_length=1000)


def stream(request, kind):
    def lines():
        for number in range(100):
            yield f"line {number}\n"
            if kind == "broken" and number == 3:
                raise ValueError("within the stream")

    if kind == "file":
        return Response(FileWrapper(open("files/large.bin", "rb"), 4096), direct_passthrough=True)
    return Response(lines(), mimetype="text/plain")


def errors(request, kind):
    if kind == "raise":
        raise ValueError("this page is broken")
    if kind == "move":
        return redirect("/about/8?a=b", 303)
    if kind == "unauthorized":
        return Response("who?", 401, {"WWW-Authenticate": 'Basic realm="desk"'})
    if kind == "large":
        raise RequestEntityTooLarge()
    if kind == "204":
        return Response(status=204)
    abort(int(kind))


@Limited.application
def desk(request):
    try:
        endpoint, values = RULES.bind_to_environ(request.environ).match()
        return globals()[endpoint](request, **values)
    except NotFound:
        return Response(f"nothing at {request.root_path} {request.path}\n", 404)
    except HTTPException as error:
        return error


mounted = DispatcherMiddleware(desk, {"/other": desk})
app = SharedDataMiddleware(mounted, {"/files": __file__.rpartition("/")[0] + "/files"}, cache=False)
