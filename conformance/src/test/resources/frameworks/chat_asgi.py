"""The chat of chat.py over ASGI, without a framework."""

import os

import socketio

chat = socketio.AsyncServer(async_mode="asgi", ping_interval=2)
app = socketio.ASGIApp(chat)


@chat.on("say")
async def say(session, text):
    await chat.emit("said", {"text": text, "pid": os.getpid()}, to=session)
