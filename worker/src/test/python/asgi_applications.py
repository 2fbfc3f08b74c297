"""What the tests of ASGI workers run."""

import asyncio
import contextlib
import json
import os

told = []
waiting = []


async def application(scope, receive, send):
    await {"lifespan": lifespan, "http": http, "websocket": websocket}[scope["type"]](scope, receive, send)


async def lifespan(scope, receive, send):
    assert (await receive())["type"] == "lifespan.startup"
    scope["state"]["greeting"] = "good day"
    scope["state"]["shared"] = []
    await send({"type": "lifespan.startup.complete"})
    assert (await receive())["type"] == "lifespan.shutdown"
    path = os.environ.get("SHUTDOWN_FILE")
    if path:
        with open(path, "w") as file:
            file.write("shut down")
    await send({"type": "lifespan.shutdown.complete"})


async def refuses_to_start(scope, receive, send):
    await receive()
    await send({"type": "lifespan.startup.failed", "message": "Traceback ...\nOSError: no database"})


async def fails_to_start(scope, receive, send):
    await receive()
    raise OSError("no queue")


async def knows_no_lifespan(scope, receive, send):
    if scope["type"] != "http":
        raise ValueError("only http")
    await http(scope, receive, send)


async def thinks_all_is_http(scope, receive, send):
    await receive()
    await answer(send, b"whatever")


async def never_starts(scope, receive, send):
    await asyncio.sleep(3600)


class CalledTwice:
    def __init__(self, scope):
        self.scope = scope

    async def __call__(self, receive, send):
        await application(self.scope, receive, send)


def made():
    return application


async def answer(send, body, status=200, headers=((b"content-type", b"text/plain"),)):
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def http(scope, receive, send):
    path = scope["path"]
    page = PAGES.get(path)
    if page is None:
        await answer(send, b"none", 404)
    else:
        await page(scope, receive, send)


async def hello(scope, receive, send):
    await answer(send, b"Hello, world!\n")


async def state(scope, receive, send):
    scope["state"]["own"] = 1
    scope["state"]["shared"].append(1)
    body = [scope["state"]["greeting"], len(scope["state"]["shared"]), sorted(scope["state"])]
    await answer(send, json.dumps(body).encode())


async def extensions(scope, receive, send):
    await answer(send, json.dumps(scope["extensions"]).encode())


async def late(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await asyncio.sleep(0.05)
    await send({"type": "http.response.body", "body": b"late"})


async def pieces(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for piece in (b"one", b"", b"two", bytearray(b"three")):
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body"})


async def endless(scope, receive, send):
    sent = 0
    await send({"type": "http.response.start", "status": 200, "headers": []})
    while sent < 64 << 20 and "http.disconnect" not in told:
        await send({"type": "http.response.body", "body": b"x" * 50_000, "more_body": True})
        sent += 50_000
        told[:] = [sent]
    await send({"type": "http.response.body"})


async def tell(scope, receive, send):
    await answer(send, json.dumps(told).encode())


async def echo(scope, receive, send):
    body = b""
    more = True
    while more:
        event = await receive()
        if event["type"] == "http.disconnect":
            told.append("disconnect within the body")
            return
        body += event["body"]
        more = event["more_body"]
    await answer(send, body)


async def impatient_echo(scope, receive, send):
    """Gives up waiting for each piece once."""
    body = b""
    more = True
    while more:
        try:
            event = await asyncio.wait_for(receive(), 0.02)
        except asyncio.TimeoutError:
            continue
        body += event["body"]
        more = event["more_body"]
    await answer(send, body)


async def echo_of_two(scope, receive, send):
    """Asks for the body in two places at once, as frameworks do that watch for the client while they read."""
    async def read():
        body = b""
        while True:
            event = await receive()
            body += event.get("body", b"")
            if not event.get("more_body"):
                return body

    await answer(send, b"".join(await asyncio.gather(read(), read())))


async def for_ever(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    try:
        await asyncio.sleep(3600)
    finally:
        with open(os.environ["SHUTDOWN_FILE"], "w", encoding="utf-8") as file:
            file.write("cancelled")


async def without_end(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    while True:
        with contextlib.suppress(BaseException):
            await asyncio.sleep(3600)


async def wait_for_the_end(scope, receive, send):
    await receive()
    told.append((await receive())["type"])
    told.append((await receive())["type"])
    await answer(send, b"to nobody")
    told.append("said")


async def talk_to_nobody(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    while (await receive())["type"] != "http.disconnect":
        pass
    for _ in range(100):
        await send({"type": "http.response.body", "body": b"x" * 100_000, "more_body": True})
    await send({"type": "http.response.body"})
    told.append("talked")


async def together(scope, receive, send):
    """Answers when as many are here as the query says."""
    mine = asyncio.Event()
    waiting.append(mine)
    if len(waiting) == int(scope["query_string"]):
        for other in waiting:
            other.set()
        waiting.clear()
    await mine.wait()
    await answer(send, b"together")


async def no_body(scope, receive, send):
    await answer(send, b"", 204, [(b"content-length", b"0")])


async def length(scope, receive, send):
    announced, _, sent = scope["query_string"].decode().partition("-")
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", announced.encode())]})
    for _ in range(int(sent)):
        await send({"type": "http.response.body", "body": b"x", "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def file(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.pathsend", "path": scope["query_string"].decode()})


async def hint(scope, receive, send):
    await send({"type": "http.response.early_hint", "links": [b"</a.css>; rel=preload"]})
    await hello(scope, receive, send)


HEADS = {
    "newline": (200, [(b"x", b"a\r\nb: c")]),
    "name": (200, [(b"x y", b"a")]),
    "text": (200, [("x", b"a")]),
    "status": (42, []),
    "interim": (101, []),
    "word": ("200", []),
}


async def head(scope, receive, send):
    status, headers = HEADS[scope["query_string"].decode()]
    await answer(send, b"x", status, headers)


async def connection_headers(scope, receive, send):
    headers = [(b"connection", b"close"), (b"Transfer-Encoding", b"chunked"), (b"X-One", b" 1 "), (b"set-cookie", b"a=\xe9")]
    await answer(send, b"x", 599, headers)


async def broken(scope, receive, send):
    raise ValueError("broken at once")


async def broken_late(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"some", "more_body": True})
    raise ValueError("broken late")


async def silent(scope, receive, send):
    pass


async def behind_the_end(scope, receive, send):
    await hello(scope, receive, send)
    told.append((await receive())["type"])
    try:
        await send({"type": "http.response.body", "body": b"more"})
    except RuntimeError:
        told.append("refused")


async def leave(scope, receive, send):
    await hello(scope, receive, send)
    raise SystemExit(0)


PAGES = {
    "/hello": hello, "/state": state, "/extensions": extensions, "/late": late, "/pieces": pieces, "/endless": endless,
    "/tell": tell, "/echo": echo, "/impatient-echo": impatient_echo, "/echo-of-two": echo_of_two,
    "/for-ever": for_ever,
    "/without-end": without_end,
    "/wait-for-the-end": wait_for_the_end,
    "/talk-to-nobody": talk_to_nobody, "/together": together, "/no-body": no_body, "/length": length, "/file": file,
    "/hint": hint, "/head": head, "/connection-headers": connection_headers, "/broken": broken,
    "/broken-late": broken_late, "/silent": silent, "/behind-the-end": behind_the_end, "/leave": leave,
}


async def websocket(scope, receive, send):
    assert (await receive())["type"] == "websocket.connect"
    await SOCKETS[scope["path"]](scope, receive, send)


async def ws_echo(scope, receive, send):
    offered = scope["subprotocols"]
    await send({"type": "websocket.accept", "subprotocol": offered[-1] if offered else None, "headers": [(b"x-a", b"b")]})
    while True:
        event = await receive()
        if event["type"] == "websocket.disconnect":
            told.append([event["code"], event["reason"]])
            return
        if event.get("text") is not None:
            if event["text"].startswith("close "):
                _, code, reason = event["text"].split(" ", 2)
                await send({"type": "websocket.close", "code": int(code), "reason": reason})
                event = await receive()
                told.append([event["code"], event["reason"]])
                return
            await send({"type": "websocket.send", "text": event["text"]})
        else:
            await send({"type": "websocket.send", "bytes": event["bytes"]})


async def ws_refuse(scope, receive, send):
    await send({"type": "websocket.close"})
    event = await receive()
    told.append([event["type"], event["code"]])


async def ws_deny(scope, receive, send):
    headers = [(b"content-type", b"text/plain"), (b"www-authenticate", b"Basic")]
    await send({"type": "websocket.http.response.start", "status": 401, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": b"who ", "more_body": True})
    await send({"type": "websocket.http.response.body", "body": b"are you?"})
    event = await receive()
    told.append([event["type"], event["code"]])


async def ws_half_deny(scope, receive, send):
    await send({"type": "websocket.http.response.start", "status": 401, "headers": []})
    await send({"type": "websocket.http.response.body", "body": b"who ", "more_body": True})


async def ws_silent(scope, receive, send):
    pass


async def ws_broken(scope, receive, send):
    raise ValueError("broken before the handshake")


async def ws_broken_late(scope, receive, send):
    await send({"type": "websocket.accept"})
    await receive()
    raise ValueError("broken within the talk")


async def ws_return(scope, receive, send):
    await send({"type": "websocket.accept"})


async def ws_flood(scope, receive, send):
    """Sends without end to a client that may not read."""
    told[:] = [0]
    await send({"type": "websocket.accept"})
    try:
        while told[0] < 256 << 20:
            await send({"type": "websocket.send", "bytes": b"x" * 100_000})
            told[0] += 100_000
    except OSError as problem:
        told.append(type(problem).__name__)
    event = await receive()
    told.append([event["type"], event["code"]])


async def ws_deaf(scope, receive, send):
    """Reads nothing until it is told to by another request, then counts."""
    await send({"type": "websocket.accept"})
    go = asyncio.Event()
    waiting.append(go)
    await go.wait()
    count = 0
    size = 0
    while True:
        event = await receive()
        if event["type"] == "websocket.disconnect":
            told[:] = [count, size, event["code"]]
            return
        count += 1
        size += len(event.get("bytes") or event.get("text") or "")


async def listen(scope, receive, send):
    for one in waiting:
        one.set()
    waiting.clear()
    await answer(send, b"")


PAGES["/listen"] = listen

SOCKETS = {
    "/echo": ws_echo, "/refuse": ws_refuse, "/deny": ws_deny, "/half-deny": ws_half_deny, "/silent": ws_silent,
    "/broken": ws_broken, "/broken-late": ws_broken_late, "/return": ws_return, "/flood": ws_flood, "/deaf": ws_deaf,
}
