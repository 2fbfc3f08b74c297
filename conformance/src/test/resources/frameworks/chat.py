"""A chat by Socket.IO; each message goes back to whoever sent it, with the process that saw it."""

import os

import flask
import flask_socketio

app = flask.Flask(__name__)
# A client that stops polling may find out by the next ping only.
chat = flask_socketio.SocketIO(app, async_mode=os.environ["CHAT_MODE"], ping_interval=2)


@app.route("/")
def index():
    return "chat\n"


@chat.on("say")
def say(text):
    flask_socketio.emit("said", {"text": text, "pid": os.getpid()})
