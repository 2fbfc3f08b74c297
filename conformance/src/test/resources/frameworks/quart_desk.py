"""A desk in Quart: sessions, forms, uploads, bodies piece by piece, files, streams, background tasks, failures."""

import asyncio

from quart import Quart, abort, jsonify, make_response, redirect, request, send_file, session

app = Quart(__name__)
app.secret_key = "not a secret: this is a test"
app.config["MAX_CONTENT_LENGTH"] = 5_000_000
told = []


@app.before_serving
async def begin():
    await asyncio.sleep(0)
    told.append("begun")


@app.after_request
async def framed(response):
    response.headers["X-Framed"] = request.path
    return response


@app.route("/")
async def index():
    return "desk\n", {"Content-Type": "text/plain"}


@app.route("/told")
async def what_was_told():
    return jsonify(told)


@app.route("/about/<int:number>", methods=["GET", "PUT"])
async def about(number):
    response = await make_response({
        "number": number, "method": request.method, "url": request.url, "args": request.args.to_dict(flat=False),
        "cookies": request.cookies, "addr": request.remote_addr, "scheme": request.scheme, "root": request.root_path,
    })
    response.set_cookie("desk", "cookie", httponly=True, samesite="Lax")
    return response


@app.route("/form", methods=["POST"])
async def form():
    fields = (await request.form).to_dict(flat=False)
    files = [[name, file.filename, file.content_type, len(file.read())] for name, file in (await request.files).items()]
    return {"form": fields, "files": files}


@app.route("/json", methods=["POST"])
async def sent_json():
    return jsonify(await request.get_json())


@app.route("/size", methods=["POST"])
async def size():
    return str(len(await request.get_data()))


@app.route("/pieces", methods=["POST"])
async def pieces():
    count = 0
    async for piece in request.body:
        count += len(piece)
    return str(count)


@app.route("/unread", methods=["POST"])
async def unread():
    return "unread"


@app.route("/login/<name>")
async def login(name):
    session["name"] = name
    return redirect("/me")


@app.route("/me")
async def me():
    return session.get("name", "nobody")


@app.route("/file")
async def file():
    return await send_file("files/large.bin", conditional=True, as_attachment=True, attachment_filename="large.bin")


@app.route("/stream/<kind>")
async def stream(kind):
    async def lines():
        for number in range(100):
            yield f"line {number}\n".encode()
            if kind == "broken" and number == 3:
                raise ValueError("within the stream")

    return lines(), {"Content-Type": "text/plain"}


@app.route("/later", methods=["POST"])
async def later():
    app.add_background_task(remember)
    return "", 202


async def remember():
    told.append("remembered")


@app.route("/errors/<kind>")
async def errors(kind):
    if kind == "raise":
        raise ValueError("this page is broken")
    abort(int(kind))
