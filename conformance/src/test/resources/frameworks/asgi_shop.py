"""An ASGI application without a framework: lifespan with state, HTTP with streams both ways, WebSocket."""

import asyncio
import json
import os

started = {}


async def app(scope, receive, send):
    await {"lifespan": lifespan, "http": http, "websocket": websocket}[scope["type"]](scope, receive, send)


async def lifespan(scope, receive, send):
    while True:
        event = await receive()
        if event["type"] == "lifespan.startup":
            started["pid"] = os.getpid()
            await send({"type": "lifespan.startup.complete"})
        else:
            with open("shutdown.txt", "a") as file:
                file.write(f"{os.getpid()}\n")
            await send({"type": "lifespan.shutdown.complete"})
            return


async def answer(send, body, status=200, content_type=b"text/plain"):
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", content_type)]})
    await send({"type": "http.response.body", "body": body})


async def http(scope, receive, send):
    path = scope["path"]
    if path == "/":
        await answer(send, b"shop\n")
    elif path.startswith("/items/"):
        found = {"number": int(path[7:]), "method": scope["method"], "scheme": scope["scheme"]}
        await answer(send, json.dumps(found).encode(), content_type=b"application/json")
    elif path == "/started":
        await answer(send, str(started.get("pid") == os.getpid()).encode())
    elif path == "/upload":
        size = 0
        more = True
        while more:
            event = await receive()
            size += len(event.get("body", b""))
            more = event.get("more_body", False)
        await answer(send, json.dumps({"size": size}).encode())
    elif path == "/stream":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for i in range(1000):
            await send({"type": "http.response.body", "body": f"line {i}\n".encode(), "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    elif path == "/wait":
        await asyncio.sleep(0.2)
        await answer(send, b"waited")
    elif path == "/broken":
        raise ValueError("this page is broken")
    else:
        await answer(send, b"not here", 404)


async def websocket(scope, receive, send):
    await receive()
    if scope["path"] != "/echo":
        await send({"type": "websocket.close", "code": 4004})
        return
    offered = scope["subprotocols"]
    await send({"type": "websocket.accept", "subprotocol": offered[0] if offered else None})
    while True:
        event = await receive()
        if event["type"] == "websocket.disconnect":
            return
        if event.get("text") == "bye":
            await send({"type": "websocket.close", "code": 4001})
            return
        if event.get("text") is not None:
            await send({"type": "websocket.send", "text": event["text"]})
        else:
            await send({"type": "websocket.send", "bytes": event["bytes"]})
