"""A desk in FastAPI: start and end, models, uploads, background tasks, files, streams, dependencies, WebSockets."""

import asyncio
import os
from typing import List, Optional

from fastapi import BackgroundTasks, Depends, FastAPI, File, Form, Header, HTTPException, Request, Response, UploadFile, WebSocket
from fastapi import WebSocketDisconnect, status
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, StreamingResponse
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel

app = FastAPI(title="desk")
app.add_middleware(GZipMiddleware, minimum_size=5000)
app.add_middleware(CORSMiddleware, allow_origins=["https://shop.example"], allow_credentials=True)
app.mount("/files", StaticFiles(directory=os.path.dirname(os.path.abspath(__file__)) + "/files"), name="files")
told = []


@app.on_event("startup")
async def begin():
    await asyncio.sleep(0)
    app.state.began = True


@app.on_event("shutdown")
def end():
    with open("ended.txt", "a") as file:
        file.write("ended\n")


@app.middleware("http")
async def framed(request: Request, call_next):
    response = await call_next(request)
    response.headers["X-Framed"] = request.url.path
    return response


class Item(BaseModel):
    name: str
    price: float
    tags: List[str] = []


async def session():
    told.append("opened")
    try:
        yield "a session"
    finally:
        told.append("closed")


def keyed(x_key: Optional[str] = Header(None)):
    if x_key != "desk":
        raise HTTPException(401, "no key", headers={"WWW-Authenticate": "Key"})
    return x_key


@app.get("/", response_class=PlainTextResponse)
def index():
    return "desk\n"


@app.get("/began")
async def began(request: Request):
    return {"began": request.app.state.began}


@app.get("/told")
async def what_was_told():
    found, told[:] = told[:], []
    return found


@app.get("/items/{number}")
async def item(number: int, request: Request, response: Response, q: Optional[str] = None, tag: Optional[str] = None):
    response.headers["X-Number"] = str(number)
    response.set_cookie("desk", "cookie", httponly=True)
    response.set_cookie("second", "2", max_age=60)
    return {
        "number": number, "q": q, "url": str(request.url), "base": str(request.base_url), "client": request.client.host,
        "for": str(request.url_for("item", number=9)), "cookies": request.cookies,
    }


@app.post("/items", status_code=status.HTTP_201_CREATED, response_model=Item)
def make(item: Item):
    return item


@app.get("/keyed")
def of_key(key: str = Depends(keyed), value: str = Depends(session)):
    return [key, value]


@app.post("/upload")
async def upload(file: UploadFile, note: str = Form("none")):
    content = await file.read()
    return {"name": file.filename, "type": file.content_type, "size": len(content), "note": note}


@app.post("/uploads")
def uploads(files: List[UploadFile] = File(...)):
    return [[file.filename, len(file.file.read())] for file in files]


@app.post("/size")
async def size(request: Request):
    return len(await request.body())


@app.post("/pieces")
async def pieces(request: Request):
    count = 0
    async for piece in request.stream():
        count += len(piece)
    return count


@app.post("/unread", response_class=PlainTextResponse)
async def unread():
    return "unread"


@app.post("/background")
def background(tasks: BackgroundTasks):
    tasks.add_task(told.append, "by a thread")
    tasks.add_task(later)
    return {"accepted": True}


async def later():
    await asyncio.sleep(0.05)
    told.append("later")


@app.get("/file")
async def file():
    return FileResponse("files/large.bin", media_type="application/x-desk", filename="large é.bin")


@app.get("/small", response_class=FileResponse)
async def small():
    return "files/small.txt"


@app.get("/stream/{kind}")
async def stream(kind: str):
    async def lines():
        for number in range(100):
            yield f"line {number}\n"
            if kind == "broken" and number == 3:
                raise ValueError("within the stream")
            if kind == "slow":
                await asyncio.sleep(0)

    def in_thread():
        for number in range(20):
            yield b"line %d\n" % number

    async def events():
        for number in range(3):
            yield f"id: {number}\ndata: {number * number}\n\n"

    if kind == "thread":
        return StreamingResponse(in_thread(), media_type="text/plain")
    if kind == "events":
        return StreamingResponse(events(), media_type="text/event-stream", headers={"Cache-Control": "no-cache"})
    if kind == "announced":
        return StreamingResponse(in_thread(), headers={"Content-Length": "150"})
    return StreamingResponse(lines(), media_type="text/plain")


@app.get("/endless")
async def endless(request: Request):
    async def lines():
        try:
            while True:
                yield b"x" * 1000
                await asyncio.sleep(0.001)
        finally:
            told.append("stream ended")

    return StreamingResponse(lines())


@app.get("/waiting")
async def waiting(request: Request):
    told.append("waiting")
    while not await request.is_disconnected():
        await asyncio.sleep(0.01)
    told.append("gone")
    return "nobody"


@app.get("/html", response_class=HTMLResponse)
async def html():
    return "<p>" + "desk " * 2000 + "</p>"


@app.get("/errors/{kind}")
def errors(kind: str):
    if kind == "raise":
        raise ValueError("this page is broken")
    if kind == "move":
        return RedirectResponse("/items/8?a=b c")
    if kind == "204":
        return Response(status_code=204)
    if kind == "304":
        return Response(status_code=304, headers={"ETag": '"x"'})
    raise HTTPException(int(kind), {"because": "asked for"})


@app.websocket("/talk/{kind}")
async def talk(socket: WebSocket, kind: str, q: Optional[str] = None):
    if kind == "refused":
        await socket.close(code=status.WS_1008_POLICY_VIOLATION)
        return
    await socket.accept(headers=[(b"x-kind", kind.encode())])
    if kind == "raise":
        raise ValueError("within the talk")
    if kind == "json":
        await socket.send_json({"q": q, "url": str(socket.url), "cookies": socket.cookies, "heard": await socket.receive_json()})
        await socket.close(4001, "enough")
        return
    try:
        while True:
            await socket.send_text((await socket.receive_text()).upper())
    except WebSocketDisconnect as ended:
        told.append(f"talk ended {ended.code}")


inner = FastAPI()


@inner.get("/where")
def where(request: Request):
    return {"root": request.scope["root_path"], "path": request.scope["path"], "url": str(request.url)}


app.mount("/inner", inner)
