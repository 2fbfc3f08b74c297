"""A desk in Starlette alone: a lifespan, sessions, templates of errors, endpoints as classes, a mounted WSGI application."""

import contextlib

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.endpoints import HTTPEndpoint, WebSocketEndpoint
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Host, Mount, Route, WebSocketRoute

told = []


@contextlib.asynccontextmanager
async def lifespan(app):
    told.append("begun")
    yield
    with open("ended.txt", "a") as file:
        file.write("ended\n")


class Index(HTTPEndpoint):
    async def get(self, request):
        return PlainTextResponse("desk\n")

    async def put(self, request):
        form = await request.form()
        file = form.get("file")
        return JSONResponse([form.get("name"), file.filename if file else None, len(await file.read()) if file else None])


class Echo(WebSocketEndpoint):
    encoding = "bytes"

    async def on_connect(self, websocket):
        await websocket.accept(subprotocol=(websocket.scope["subprotocols"] or [None])[-1])

    async def on_receive(self, websocket, data):
        await websocket.send_bytes(bytes(reversed(data)))

    async def on_disconnect(self, websocket, close_code):
        told.append(f"echo ended {close_code}")


async def what_was_told(request):
    return JSONResponse(told)


async def counted(request):
    request.session["count"] = request.session.get("count", 0) + 1
    return JSONResponse(request.session["count"], background=BackgroundTask(told.append, "counted"))


async def told_of(request, error):
    return JSONResponse({"missing": request.url.path}, status_code=404, headers={"X-Told": "yes"})


async def failed(request, error):
    return PlainTextResponse(f"failed: {error}", status_code=500)


async def broken(request):
    raise ValueError("this page is broken")


async def by_host(request):
    return PlainTextResponse(f"for {request.path_params['user']}")


app = Starlette(
    lifespan=lifespan,
    middleware=[Middleware(SessionMiddleware, secret_key="not a secret: this is a test", https_only=False)],
    exception_handlers={404: told_of, 500: failed},
    routes=[
        Host("{user}.users.example", Mount("/", routes=[Route("/", by_host)])),
        Route("/", Index), Route("/told", what_was_told), Route("/counted", counted), Route("/broken", broken),
        WebSocketRoute("/echo", Echo),
    ],
)
