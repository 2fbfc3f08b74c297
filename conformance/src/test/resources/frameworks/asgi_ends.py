"""An ASGI application that notes how requests and WebSockets end."""

import asyncio
import json
import os

told = []


async def app(scope, receive, send):
    await {"lifespan": lifespan, "http": http, "websocket": websocket}[scope["type"]](scope, receive, send)


async def lifespan(scope, receive, send):
    await receive()
    if os.path.exists("no-database"):
        await send({"type": "lifespan.startup.failed", "message": "there is no database"})
        return
    scope["state"]["told"] = told
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})


async def http(scope, receive, send):
    path = scope["path"]
    told = scope["state"]["told"]
    headers = []
    body = b"here"
    if path == "/wait":
        await receive()
        told.append("waiting")
        told.append((await receive())["type"])
        return
    if path == "/upload":
        while True:
            event = await receive()
            if event["type"] == "http.disconnect":
                told.append("disconnect within the body")
                return
            if "uploading" not in told:
                told.append("uploading")
    if path == "/flood":
        told[:] = [0]
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while told[0] < 1 << 30:
            await send({"type": "http.response.body", "body": b"x" * 100_000, "more_body": True})
            told[0] += 100_000
    if path == "/told":
        body = json.dumps(told).encode()
    if path == "/file":
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.pathsend", "path": os.path.abspath("large")})
        return
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def websocket(scope, receive, send):
    path = scope["path"]
    told = scope["state"]["told"]
    await receive()
    if path == "/denied":
        await send({"type": "websocket.http.response.start", "status": 429, "headers": [(b"retry-after", b"7")]})
        await send({"type": "websocket.http.response.body", "body": b"too many"})
        return
    await send({"type": "websocket.accept"})
    if path == "/flood":
        told[:] = [0]
        while told[0] < 1 << 30:
            await send({"type": "websocket.send", "bytes": b"x" * 100_000})
            told[0] += 100_000
    if path == "/deaf":
        await asyncio.sleep(3600)
    while True:
        event = await receive()
        if event["type"] == "websocket.disconnect":
            told.append([event["code"], event["reason"]])
            return
        await send({"type": "websocket.send", "text": event["text"]})
