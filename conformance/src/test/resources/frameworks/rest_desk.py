"""A desk in Django REST framework: serializers, parsers, content negotiation, throttles, exceptions it answers itself."""

import os

import django
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["h", ".example"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="not a secret: this is a test",
    INSTALLED_APPS=["rest_framework"],
    REST_FRAMEWORK={
        "UNAUTHENTICATED_USER": None,
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    },
    USE_TZ=True,
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework import exceptions, parsers, renderers, serializers, status, views  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.reverse import reverse  # noqa: E402


class Plain(renderers.BaseRenderer):
    media_type = "text/plain"
    format = "txt"

    def render(self, data, media_type=None, context=None):
        return repr(data).encode()


class Item(serializers.Serializer):
    name = serializers.CharField(max_length=20)
    price = serializers.DecimalField(max_digits=6, decimal_places=2)
    tags = serializers.ListField(child=serializers.CharField(), required=False)


class Items(views.APIView):
    renderer_classes = [renderers.JSONRenderer, Plain]

    def get(self, request):
        return Response({"items": [], "here": reverse("items", request=request), "query": dict(request.query_params)})

    def post(self, request):
        item = Item(data=request.data)
        item.is_valid(raise_exception=True)
        return Response(item.data, status=status.HTTP_201_CREATED, headers={"Location": "/items/1"})

    def delete(self, request):
        return Response(status=status.HTTP_204_NO_CONTENT)


class Upload(views.APIView):
    parser_classes = [parsers.MultiPartParser, parsers.FileUploadParser]

    def put(self, request, name=None):
        file = request.data["file"]
        return Response({"name": file.name, "size": file.size, "process": os.getpid() > 0})


class Failing(views.APIView):
    def get(self, request, kind):
        if kind == "throttled":
            raise exceptions.Throttled(wait=7)
        if kind == "denied":
            raise exceptions.PermissionDenied("not you")
        if kind == "unknown":
            raise exceptions.NotFound()
        raise ValueError("this page is broken")


urlpatterns = [
    path("items/", Items.as_view(), name="items"),
    path("upload/<name>", Upload.as_view()),
    path("failing/<kind>", Failing.as_view()),
]

app = get_wsgi_application()
