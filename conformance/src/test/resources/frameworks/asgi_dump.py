"""An ASGI application that shows what it is given, and answers in many ways."""

import json


def plain(value):
    """As JSON can hold it."""
    if isinstance(value, bytes):
        return "b:" + value.decode("latin-1")
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return value


def shown(scope):
    keys = sorted(set(scope) - {"state", "extensions"})
    found = {key: plain(scope[key]) for key in keys}
    found["client"] = [scope["client"][0], type(scope["client"][1]).__name__]
    found["server"] = [scope["server"][0], type(scope["server"][1]).__name__]
    return found


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
    elif scope["type"] == "websocket":
        await websocket(scope, receive, send)
    else:
        await http(scope, receive, send)


async def body_of(receive):
    body = b""
    while True:
        event = await receive()
        body += event.get("body", b"")
        if not event.get("more_body"):
            return body


async def http(scope, receive, send):
    async def start(status=200, *headers):
        await send({"type": "http.response.start", "status": status, "headers": list(headers)})

    async def say(body=b"", more=False):
        await send({"type": "http.response.body", "body": body, "more_body": more})

    path = scope["path"]
    if path.startswith("/status/"):
        await start(int(path[8:]))
        await say(b"" if path.endswith("04") else b"status")
    elif path == "/headers":
        await start(200, (b"X-Upper", b"A"), (b"set-cookie", b"a=1"), (b"set-cookie", b"b=\xe9"), (b"x-empty", b""))
        await say(b"headers")
    elif path == "/own-server":
        await start(200, (b"server", b"mine"), (b"date", b"Thu, 01 Jan 1970 00:00:00 GMT"))
        await say(b"own")
    elif path == "/length":
        await start(200, (b"content-length", b"6"))
        await say(b"len", True)
        await say(b"gth")
    elif path == "/stream":
        await start()
        for number in range(10):
            await say(b"%d," % number, True)
        await say()
    elif path == "/large":
        await start()
        await say(b"0123456789" * 100_000)
    elif path == "/no-more":
        await start()
        await say(b"part", True)
    elif path == "/silent":
        pass
    elif path == "/raise":
        raise ValueError("raised")
    elif path == "/raise-between":
        await start()
        raise ValueError("raised")
    elif path == "/raise-behind":
        await start()
        await say(b"whole")
        raise ValueError("raised")
    elif path == "/unread":
        await start()
        await say(b"unread")
    elif path == "/too-long":
        await start(200, (b"content-length", b"2"))
        await say(b"too long")
    else:
        body = await body_of(receive)
        await start(200, (b"content-type", b"application/json"))
        await say(json.dumps({"scope": shown(scope), "size": len(body), "body": plain(body[:100])}, sort_keys=True).encode())


async def websocket(scope, receive, send):
    await receive()
    path = scope["path"]
    if path == "/refuse":
        await send({"type": "websocket.close"})
        return
    if path == "/raise":
        raise ValueError("raised")
    if path == "/silent":
        return
    if path == "/subprotocol":
        await send({"type": "websocket.accept", "subprotocol": scope["subprotocols"][-1]})
    elif path == "/headers":
        await send({"type": "websocket.accept", "headers": [(b"x-one", b"1"), (b"set-cookie", b"a=1")]})
    else:
        await send({"type": "websocket.accept"})
    if path == "/raise-behind":
        raise ValueError("raised")
    if path == "/close":
        await send({"type": "websocket.close", "code": 4001, "reason": "enough"})
    elif path != "/return":
        found = shown(scope)
        found["headers"] = [pair for pair in found["headers"] if not pair[0].startswith("b:sec-")]
        # uvicorn said text here until 0.18, and another version of the protocol.
        del found["asgi"], found["raw_path"]
        await send({"type": "websocket.send", "text": json.dumps(found, sort_keys=True)})
        await send({"type": "websocket.close"})
