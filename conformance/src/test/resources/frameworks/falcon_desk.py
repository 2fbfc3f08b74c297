"""A desk in Falcon, over WSGI and over ASGI: media, streams, files, hooks, errors, events, WebSocket."""

import falcon
import falcon.asgi


class Boom(Exception):
    pass


def about(req):
    return {"method": req.method, "path": req.path, "query": req.query_string, "url": req.url, "a": req.get_param("a")}


class Index:
    def on_get(self, req, resp):
        resp.text = "desk\n"

    def on_head(self, req, resp):
        resp.content_length = 5


class About:
    def on_get(self, req, resp, number):
        resp.media = dict(about(req), number=number)
        resp.set_header("X-Number", str(number))
        resp.append_header("Vary", "Accept")
        resp.set_cookie("desk", "cookie", max_age=60, http_only=True)

    def on_post(self, req, resp, number):
        resp.media = {"got": req.media, "number": number}
        resp.status = falcon.HTTP_201
        resp.location = "/about/8"


class Size:
    def on_post(self, req, resp):
        resp.text = str(len(req.bounded_stream.read()))


class Pieces:
    def on_post(self, req, resp):
        count = 0
        while True:
            piece = req.bounded_stream.read(4096)
            if not piece:
                break
            count += len(piece)
        resp.text = str(count)


class Parts:
    def on_post(self, req, resp):
        resp.media = [[part.name, part.filename, part.content_type, len(part.stream.read())] for part in req.media]


class Unread:
    def on_post(self, req, resp):
        resp.text = "unread"


class Stream:
    def on_get(self, req, resp, kind):
        resp.content_type = "text/plain"
        if kind == "file":
            resp.stream = open("files/large.bin", "rb")
            resp.content_length = 200_000
        elif kind == "unsized":
            resp.stream = open("files/large.bin", "rb")
        else:
            resp.stream = self.pieces(kind)

    def pieces(self, kind):
        for number in range(100):
            yield b"line %d\n" % number
            if kind == "broken" and number == 3:
                raise Boom("within the stream")


class Errors:
    def on_get(self, req, resp, kind):
        if kind == "raise":
            raise ValueError("this page is broken")
        if kind == "boom":
            raise Boom("told otherwise")
        if kind == "move":
            raise falcon.HTTPSeeOther("/about/9")
        if kind == "limit":
            raise falcon.HTTPTooManyRequests(title="Slowly", description="one at a time", retry_after=7)
        if kind == "status":
            raise falcon.HTTPStatus(falcon.HTTP_202, text="later")
        resp.status = falcon.HTTP_204


class Etag:
    def on_get(self, req, resp):
        resp.etag = "desk-1"
        if req.if_none_match and resp.etag in (tag.dumps() for tag in req.if_none_match):
            resp.status = falcon.HTTP_304
            return
        resp.data = b"with a tag"
        resp.cache_control = ["public", "max-age=60"]


def boom(req, resp, error, params):
    resp.status = falcon.HTTP_503
    resp.media = {"boom": str(error)}


class Framed:
    def process_response(self, req, resp, resource, succeeded):
        resp.set_header("X-Succeeded", str(succeeded))


app = falcon.App(middleware=[Framed()], cors_enable=True)
app.add_error_handler(Boom, boom)
for route, resource in {
    "/": Index(), "/about/{number:int}": About(), "/size": Size(), "/pieces": Pieces(), "/parts": Parts(), "/unread": Unread(),
    "/stream/{kind}": Stream(), "/errors/{kind}": Errors(), "/etag": Etag(),
}.items():
    app.add_route(route, resource)
app.add_static_route("/files", __file__.rpartition("/")[0] + "/files")


# Over ASGI.


class AsyncIndex:
    async def on_get(self, req, resp):
        resp.text = "desk\n"


class AsyncAbout:
    async def on_get(self, req, resp, number):
        About().on_get(req, resp, number)

    async def on_post(self, req, resp, number):
        resp.media = {"got": await req.get_media(), "number": number}
        resp.status = falcon.HTTP_201


class AsyncSize:
    async def on_post(self, req, resp):
        resp.text = str(len(await req.stream.read()))


class AsyncPieces:
    async def on_post(self, req, resp):
        count = 0
        async for piece in req.stream:
            count += len(piece)
        resp.text = str(count)


class AsyncParts:
    async def on_post(self, req, resp):
        found = []
        async for part in await req.get_media():
            found.append([part.name, part.filename, part.content_type, len(await part.stream.read())])
        resp.media = found


class AsyncUnread:
    async def on_post(self, req, resp):
        resp.text = "unread"


class AsyncStream:
    async def on_get(self, req, resp, kind):
        resp.content_type = "text/plain"
        if kind == "file":
            resp.set_stream(Opened("files/large.bin"), 200_000)
        elif kind == "events":
            resp.sse = self.events()
        else:
            resp.stream = self.pieces(kind)

    async def pieces(self, kind):
        for piece in Stream().pieces(kind):
            yield piece

    async def events(self):
        for number in range(3):
            yield falcon.asgi.SSEvent(json={"number": number}, event="count", event_id=str(number))


class Opened:
    """A file with a `read` that is awaited."""

    def __init__(self, path):
        self.file = open(path, "rb")

    async def read(self, size=-1):
        return self.file.read(size)

    async def close(self):
        self.file.close()


class AsyncErrors:
    async def on_get(self, req, resp, kind):
        Errors().on_get(req, resp, kind)


class AsyncEtag:
    async def on_get(self, req, resp):
        Etag().on_get(req, resp)


class Talk:
    async def on_websocket(self, req, ws, kind):
        if kind == "refused":
            raise falcon.HTTPForbidden()
        if kind == "closed":
            await ws.close(4001)
            return
        await ws.accept(subprotocol=ws.subprotocols[0] if ws.subprotocols else None)
        if kind == "raise":
            raise ValueError("within the talk")
        while True:
            try:
                text = await ws.receive_text()
            except falcon.WebSocketDisconnected:
                return
            if text == "bye":
                await ws.close(3001)
                return
            await ws.send_text(text.upper())


async def async_boom(req, resp, error, params):
    boom(req, resp, error, params)


class AsyncFramed:
    async def process_startup(self, scope, event):
        started.append(event["type"])

    async def process_response(self, req, resp, resource, succeeded):
        resp.set_header("X-Succeeded", str(succeeded))


class Started:
    async def on_get(self, req, resp):
        resp.media = started


started = []
over_asgi = falcon.asgi.App(middleware=[AsyncFramed()], cors_enable=True)
over_asgi.add_error_handler(Boom, async_boom)
for route, resource in {
    "/": AsyncIndex(), "/about/{number:int}": AsyncAbout(), "/size": AsyncSize(), "/pieces": AsyncPieces(),
    "/parts": AsyncParts(), "/unread": AsyncUnread(), "/stream/{kind}": AsyncStream(), "/errors/{kind}": AsyncErrors(),
    "/etag": AsyncEtag(), "/talk/{kind}": Talk(), "/started": Started(),
}.items():
    over_asgi.add_route(route, resource)
over_asgi.add_static_route("/files", __file__.rpartition("/")[0] + "/files")
