"""Traffic's and the master's side of the protocol, for tests: starts a real zygote with real workers and says frames."""

import contextlib
import fcntl
import importlib.util
import marshal
import os
import pathlib
import secrets
import select
import socket
import struct
import subprocess
import sys

SIDE = pathlib.Path(os.environ["FAIRLEAD_WORKER"])
PATIENCE = 60  # seconds

REQUEST, BODY, BODY_END, BODY_BROKEN, CREDIT, CANCEL, FILE_TAKEN, FILE_REFUSED = range(1, 9)
HELLO, RESPONSE, HEAD, DATA, END, BROKEN, READ, INTERIM, FILE, TUNNEL = range(32, 42)
MORE_BODY = 1
OWN = ("REQUEST_METHOD", "RAW_URI", "QUERY_STRING", "PATH_INFO", "REMOTE_PORT")
NOWHERE = -1  # the worker is not to keep the variables
FIRST_CREDIT = 1 << 20


def has(module):
    """Whether something beyond the standard library can be imported."""
    return importlib.util.find_spec(module) is not None


def environ(method="GET", path="/", query="", **more):
    """What traffic writes: the environ without objects."""
    variables = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "RAW_URI": path + ("?" + query if query else ""),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_SOFTWARE": "fairlead",
        "REMOTE_ADDR": "127.0.0.1",
        "REMOTE_PORT": "4711",
        "HTTP_HOST": "h.example",
        "wsgi.url_scheme": "http",
    }
    variables.update(more)
    return variables


class Connection:
    """A worker's connection, as the event loop that has its door sees it."""

    def __init__(self, accepted):
        self.socket = accepted
        self.socket.settimeout(PATIENCE)
        self.numbers = 0
        self.kept = []

    def _exactly(self, count):
        data = b""
        while len(data) < count:
            more = self.socket.recv(count - len(data))
            if not more:
                raise EOFError("the worker closed the connection")
            data += more
        return data

    def read(self):
        """The next frame of any request: its kind, its request, its payload."""
        size, tag = struct.unpack("<II", self._exactly(8))
        return tag & 0xFF, tag >> 8, self._exactly(size)

    def frame(self, request):
        """The next frame of one request."""
        for at, (kind, number, payload) in enumerate(self.kept):
            if number == request:
                del self.kept[at]
                return kind, payload
        while True:
            kind, number, payload = self.read()
            if number == request:
                return kind, payload
            self.kept.append((kind, number, payload))

    def send(self, kind, request, payload=b""):
        self.socket.sendall(struct.pack("<II", len(payload), kind | request << 8) + payload)

    def begin(self, body=b"", flags=0, place=NOWHERE, is_known=False, **variables):
        """Sends a request; returns the exchange.

        :param place: where the worker is to keep the variables
        :param is_known: whether it has them there, and they are not said again
        """
        self.numbers += 1
        method = variables.pop("method", "POST" if body or flags else "GET")
        common = environ(method, **variables)
        own = tuple(common.pop(name, None) for name in OWN)
        self.send(REQUEST, self.numbers, marshal.dumps((own, place, None if is_known else common, body, flags), 2))
        return Exchange(self, self.numbers)

    def ask(self, path, **variables):
        """Sends a request and reads its answer to the end."""
        return self.begin(path=path, **variables).answer()


class Exchange:
    """One request and what comes of it."""

    def __init__(self, connection, number):
        self.connection = connection
        self.number = number

    def frame(self):
        return self.connection.frame(self.number)

    def send(self, kind, payload=b""):
        self.connection.send(kind, self.number, payload)

    def answer_with_credit(self, granted):
        """Grants so many bytes and reads to the end."""
        self.send(CREDIT, struct.pack("<I", granted))
        return self.answer(credit=False)

    def answer(self, pieces=(), credit=True):
        """Reads to the end.

        :param pieces: of the request body, one for each READ
        :param credit: whether as much is granted as was sent
        """
        answer = Answer()
        left = list(pieces)
        while True:
            kind, payload = self.frame()
            answer.kinds.append(kind)
            if kind == RESPONSE:
                size = struct.unpack("<I", payload[:4])[0]
                answer.head = payload[4:4 + size]
                answer.body = payload[4 + size:]
                return answer
            if kind == HEAD:
                answer.head = payload
            elif kind == DATA:
                answer.body += payload
                answer.pieces.append(payload)
                if credit:
                    # Traffic need not know yet that the answer is complete.
                    with contextlib.suppress(BrokenPipeError):
                        self.send(CREDIT, struct.pack("<I", len(payload)))
            elif kind == READ:
                answer.wanted.append(struct.unpack("<I", payload)[0])
                piece = left.pop(0)
                self.send(BODY if left else BODY_END, piece)
            elif kind == INTERIM:
                answer.interim.append(payload)
            elif kind == FILE:
                answer.files.append(struct.unpack("<IQQ", payload))
                self.send(FILE_REFUSED)
            elif kind == BROKEN:
                answer.broken = payload.decode()
                return answer
            elif kind == END:
                return answer


class Answer:
    def __init__(self):
        self.kinds = []
        self.head = b""
        self.body = b""
        self.pieces = []
        self.wanted = []
        self.interim = []
        self.files = []
        self.broken = None

    @property
    def status(self):
        return self.head.split(b"\r\n", 1)[0].decode("latin-1")

    @property
    def headers(self):
        lines = self.head.decode("latin-1").split("\r\n")[1:-2]
        return [tuple(line.split(": ", 1)) for line in lines]

    def header(self, name):
        found = [value for known, value in self.headers if known.lower() == name.lower()]
        return found[0] if found else None


class Service:
    """A zygote and its workers, over one door or several."""

    def __init__(self, kind="sync", workers=1, doors=1, target="applications:application", is_loaded=True, **settings):
        self.doors = []
        self.names = []
        for _ in range(doors):
            name = "fairlead-test-" + secrets.token_hex(8)
            door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            door.bind("\0" + name)
            door.listen(8)
            door.settimeout(PATIENCE)
            self.doors.append(door)
            self.names.append("@" + name)
        self._start()
        folder = str(pathlib.Path(__file__).parent)
        given = {"target": target, "kind": kind, "directory": folder, "timeout": "30", "graceful_timeout": "30"}
        given.update(settings)
        for name, value in given.items():
            self.command("set", name, str(value))
        for name in self.names:
            self.command("set", "door", name)
        self.pids = []
        self.connections = []
        try:
            self.command("load")
            if is_loaded:
                self.expect_report("loaded")
            for number in range(1, workers + 1):
                self.fork(number)
        except BaseException:
            self.close()
            raise

    def _start(self):
        ours = []
        theirs = []
        for pipe in (os.pipe(), os.pipe()[::-1]):
            # Far from 3 and 4, which they become in the zygote.
            theirs.append(fcntl.fcntl(pipe[0], fcntl.F_DUPFD_CLOEXEC, 20))
            os.close(pipe[0])
            ours.append(pipe[1])

        def connect():
            os.dup2(theirs[0], 3)
            os.dup2(theirs[1], 4)

        self.errors = open(os.devnull, "w") if "FAIRLEAD_QUIET" in os.environ else None
        self.process = subprocess.Popen(
            [sys.executable, str(SIDE), "zygote"],
            preexec_fn=connect, close_fds=False, stdin=subprocess.DEVNULL, stderr=self.errors,
        )
        for descriptor in theirs:
            os.close(descriptor)
        self._commands, self._reports = ours
        self._lines = []
        self._rest = b""
        self.passed_over = []  # reports

    def command(self, *fields):
        texts = [field.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n") for field in fields]
        os.write(self._commands, ("\t".join(texts) + "\n").encode())

    def report(self):
        while not self._lines:
            if not select.select([self._reports], [], [], PATIENCE)[0]:
                raise TimeoutError("the zygote says nothing")
            data = os.read(self._reports, 65536)
            if not data:
                raise EOFError("the zygote ended")
            *self._lines, self._rest = (self._rest + data).split(b"\n")
        return self._lines.pop(0).decode().split("\t")

    def expect_report(self, *kinds):
        """The next report of some kinds; others are passed over, failures are not."""
        while True:
            fields = self.report()
            if fields[0] in kinds:
                return fields
            if fields[0] in ("failed", "worker-failed"):
                raise AssertionError("\n".join(fields))
            self.passed_over.append(fields)

    def fork(self, number):
        self.command("fork", str(number), "token" + str(number), "30")
        # The zygote and its worker report independently of each other.
        pid = None
        is_connecting = False
        while pid is None or not is_connecting:
            fields = self.expect_report("forked", "booting")
            if fields[0] == "forked":
                pid = int(fields[2])
            else:
                is_connecting = fields[3] == "connect"
        self.pids.append(pid)
        found = []
        for door in self.doors:
            connection = Connection(door.accept()[0])
            kind, _, payload = connection.read()
            assert kind == HELLO, kind
            connection.hello = payload.decode().split("\t")
            found.append(connection)
        self.connections.append(found)

    def desert(self):
        """As a master and traffic that are killed: all they have open is closed."""
        for all_doors in self.connections:
            for connection in all_doors:
                connection.socket.close()
        for door in self.doors:
            door.close()
        os.close(self._commands)
        self._commands = None

    def expect_nobody(self):
        """Waits until neither zygote nor workers are left: each of them could still report something."""
        with contextlib.suppress(EOFError):
            while True:
                self.report()

    @property
    def connection(self):
        """The first worker's at the first door."""
        return self.connections[0][0]

    def close(self):
        for all_doors in self.connections:
            for connection in all_doors:
                connection.socket.close()
        if self._commands is not None:
            os.close(self._commands)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self._reports)
        for door in self.doors:
            door.close()
        if self.errors:
            self.errors.close()
