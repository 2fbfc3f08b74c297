"""A desk in Pyramid: views, traversal of errors, WebOb's responses and ranges, static files, streams, callbacks."""

from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPFound, HTTPTooManyRequests, exception_response
from pyramid.response import FileIter, FileResponse, Response


class Boom(Exception):
    pass


def index(request):
    return Response("desk\n", content_type="text/plain")


def about(request):
    request.response.headers["X-Number"] = request.matchdict["number"]
    request.response.set_cookie("desk", "cookie", httponly=True, samesite="Lax")
    request.response.delete_cookie("old")
    return {
        "method": request.method, "url": request.url, "params": sorted(request.params.items()),
        "route": request.route_url("about", number=9), "cookies": sorted(request.cookies.items()),
    }


def json(request):
    request.response.status_code = 201
    return {"got": request.json_body}


def form(request):
    file = request.POST.get("file")
    about = [file.filename, file.type, len(file.file.read())] if hasattr(file, "filename") else None
    return {"name": request.POST.get("name"), "tags": request.POST.getall("tag"), "file": about}


def size(request):
    return Response(str(len(request.body)))


def pieces(request):
    count = 0
    while True:
        piece = request.body_file.read(4096)
        if not piece:
            return Response(str(count))
        count += len(piece)


def unread(request):
    return Response("unread")


def file(request):
    return FileResponse("files/large.bin", request=request, content_type="application/octet-stream")


def sent(request):
    """WebOb answers conditions and ranges itself."""
    response = Response(b"0123456789" * 100, content_type="text/plain", conditional_response=True)
    response.md5_etag()
    response.accept_ranges = "bytes"
    return response


def opened(request):
    return Response(app_iter=FileIter(open("files/large.bin", "rb"), 4096), content_type="application/x-desk")


def stream(request):
    kind = request.matchdict["kind"]

    def lines():
        for number in range(100):
            yield b"line %d\n" % number
            if kind == "broken" and number == 3:
                raise ValueError("within the stream")

    return Response(app_iter=lines(), content_type="text/plain")


def errors(request):
    kind = request.matchdict["kind"]
    if kind == "raise":
        raise ValueError("this page is broken")
    if kind == "boom":
        raise Boom("told otherwise")
    if kind == "move":
        return HTTPFound(request.route_path("about", number=8), headers=[("Set-Cookie", "moved=yes")])
    if kind == "limit":
        raise HTTPTooManyRequests(headers=[("Retry-After", "7")])
    raise exception_response(int(kind))


def boom(error, request):
    request.response.status = "503 Boom"
    return {"boom": str(error)}


def called_back(request):
    request.add_response_callback(lambda req, resp: resp.headers.add("X-Called", "back"))
    return Response("called", headerlist=[("Content-Type", "text/plain; charset=UTF-8"), ("X-One", "1"), ("X-One", "2")])


def made():
    config = Configurator()
    config.add_route("about", "/about/{number}")
    config.add_view(about, route_name="about", renderer="json")
    for view, path, method, renderer in (
        (index, "/", None, None), (json, "/json", "POST", "json"), (form, "/form", "POST", "json"), (size, "/size", "POST", None),
        (pieces, "/pieces", "POST", None), (unread, "/unread", "POST", None), (file, "/file", None, None), (sent, "/sent", None, None),
        (opened, "/open", None, None), (stream, "/stream/{kind}", None, None), (errors, "/errors/{kind}", None, None),
        (called_back, "/called", None, None),
    ):
        config.add_route(view.__name__, path)
        config.add_view(view, route_name=view.__name__, request_method=method, renderer=renderer)
    config.add_exception_view(boom, context=Boom, renderer="json")
    config.add_static_view("files", __file__.rpartition("/")[0] + "/files")
    return config.make_wsgi_app()
