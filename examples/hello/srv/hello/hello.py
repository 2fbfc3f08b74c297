"""A WSGI application without any dependencies."""

import html
import os

PAGE = """<!doctype html>
<title>Hello</title>
<link rel="stylesheet" href="/static/hello.css">
<h1>Hello, {name}!</h1>
<p>You came from {client}. Worker {worker} has answered {count} requests.
"""

count = 0


def application(environ, start_response):
    global count
    count += 1
    name = environ["PATH_INFO"].strip("/") or "world"
    client = environ.get("HTTP_X_FORWARDED_FOR") or environ["REMOTE_ADDR"]
    page = PAGE.format(name=html.escape(name), client=html.escape(client), worker=os.getpid(), count=count)
    body = page.encode("latin-1", "replace")
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
    return [body]
