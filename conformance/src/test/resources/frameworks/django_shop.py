"""A Django project in one file."""

import django
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="not a secret: this is a test",
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
)
django.setup()

from django.core.asgi import get_asgi_application  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse  # noqa: E402
from django.urls import path  # noqa: E402


def index(request):
    return HttpResponse("shop\n", content_type="text/plain")


def item(request, number):
    return JsonResponse({"number": number, "method": request.method, "scheme": request.scheme})


def form(request):
    return JsonResponse({"name": request.POST["name"]})


def upload(request):
    file = request.FILES["file"]
    return JsonResponse({"size": len(file.read()), "name": file.name})


def stream(request):
    return StreamingHttpResponse((f"line {i}\n" for i in range(1000)), content_type="text/plain")


def broken(request):
    raise ValueError("this page is broken")


urlpatterns = [
    path("", index),
    path("items/<int:number>", item),
    path("form", form),
    path("upload", upload),
    path("stream", stream),
    path("broken", broken),
]

wsgi = get_wsgi_application()
asgi = get_asgi_application()
