"""A desk in Django, over WSGI and over ASGI: middleware, sessions, uploads, files, streams, conditions, async views."""

import asyncio
import os

import django
from django.conf import settings

FOLDER = os.path.dirname(os.path.abspath(__file__))

settings.configure(
    ALLOWED_HOSTS=["h", ".example"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="not a secret: this is a test",
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.gzip.GZipMiddleware",
        "django.middleware.http.ConditionalGetMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        __name__ + ".framed",
    ],
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    DATA_UPLOAD_MAX_MEMORY_SIZE=1_000_000,
    USE_X_FORWARDED_HOST=True,
    SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
    USE_TZ=True,
)


def framed(get_response):
    def middleware(request):
        response = get_response(request)
        response["X-Framed"] = request.path
        return response

    return middleware


django.setup()

from django.core.asgi import get_asgi_application  # noqa: E402
from django.core.exceptions import PermissionDenied, SuspiciousOperation  # noqa: E402
from django.http import FileResponse, Http404, HttpResponse, HttpResponseNotModified, JsonResponse  # noqa: E402
from django.http import StreamingHttpResponse  # noqa: E402
from django.shortcuts import redirect  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.http import condition, require_POST  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.views.static import serve  # noqa: E402


def index(request):
    return HttpResponse("desk\n", content_type="text/plain")


def about(request, number):
    response = JsonResponse({
        "number": number, "method": request.method, "url": request.build_absolute_uri(), "secure": request.is_secure(),
        "get": request.GET, "cookies": request.COOKIES, "addr": request.META["REMOTE_ADDR"], "host": request.get_host(),
        "agent": request.headers.get("User-Agent"), "type": request.content_type,
    })
    response.set_cookie("desk", "cookie", httponly=True, samesite="Lax")
    response.delete_cookie("old")
    response["X-Number"] = number
    return response


@require_POST
def form(request):
    files = [[file.name, file.content_type, file.size, type(file).__name__] for file in request.FILES.getlist("file")]
    return JsonResponse({"form": dict(request.POST), "files": files})


def size(request):
    return HttpResponse(len(request.body))


def pieces(request):
    count = 0
    while True:
        piece = request.read(4096)
        if not piece:
            return HttpResponse(count)
        count += len(piece)


def unread(request):
    return HttpResponse("unread")


def login(request, name):
    request.session["name"] = name
    return redirect("/me")


def me(request):
    return HttpResponse(request.session.get("name", "nobody"))


def file(request):
    return FileResponse(open("files/large.bin", "rb"), as_attachment=True, filename="large é.bin")


def stream(request, kind):
    def lines():
        for number in range(100):
            yield f"line {number}\n"
            if kind == "broken" and number == 3:
                raise ValueError("within the stream")

    return StreamingHttpResponse(lines(), content_type="text/plain")


@condition(etag_func=lambda request: '"desk-1"')
def tagged(request):
    return HttpResponse("0123456789" * 100)


def long(request):
    return HttpResponse("desk " * 2000)


def errors(request, kind):
    if kind == "raise":
        raise ValueError("this page is broken")
    if kind == "missing":
        raise Http404("nothing")
    if kind == "denied":
        raise PermissionDenied
    if kind == "suspicious":
        raise SuspiciousOperation("odd")
    if kind == "304":
        return HttpResponseNotModified()
    return HttpResponse(status=int(kind))


async def waited(request):
    await asyncio.gather(asyncio.sleep(0.01), asyncio.sleep(0.01))
    return HttpResponse("waited")


async def async_size(request):
    return HttpResponse(len(request.body))


async def async_raise(request):
    await asyncio.sleep(0)
    raise ValueError("this page is broken")


urlpatterns = [
    path("", index), path("about/<int:number>/", about), path("form", form), path("size", size), path("pieces", pieces),
    path("unread", unread), path("login/<name>", login), path("me", me), path("file", file), path("stream/<kind>", stream),
    path("tagged", tagged), path("long", long), path("errors/<kind>", errors), path("async/waited", waited),
    path("async/size", async_size), path("async/raise", async_raise),
    path("files/<path:path>", serve, {"document_root": FOLDER + "/files"}),
]

wsgi = get_wsgi_application()
asgi = get_asgi_application()
