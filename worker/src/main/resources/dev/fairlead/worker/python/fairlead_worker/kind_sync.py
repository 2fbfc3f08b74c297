"""One request at a time, in the order they come."""

import select
import socket
import time

from fairlead_worker import channel, wsgi

CAPACITY = 1
# Traffic sends ahead only what is known to be short, so that nothing waits here behind something long.
PREFETCH = 32
# An application that was at work for long behind an answer gets so many marks, and loses one for each time it was
# not: one mark is no proof, for any process may lose the processor for a while.
LINGERED = 64
MOST_LINGERED = 8 * LINGERED
# An application that works on for longer behind an answer, in seconds, ends late.
LATE = 0.001


class Link:
    """A door as one request sees it. Requests that arrive while it is waited for are kept."""

    __slots__ = ("door", "waiting", "unsent", "early", "lingered")

    def __init__(self, door):
        self.door = door
        self.waiting = []  # frames received, in reverse order
        self.unsent = []
        self.early = 0.0  # when a request that still runs was answered; 0 without any
        self.lingered = 0  # marks for being at work for long after an answer

    @property
    def address(self):
        return self.door.address

    def send(self, data):
        self.unsent.append(data)
        self.flush()

    def answer(self, data):
        """The last of an answer: may be sent together with the next ones."""
        self.unsent.append(data)

    def answer_early(self, data):
        """An answer whose request still runs: waits for others only where such requests usually end at once."""
        self.unsent.append(data)
        if self.lingered > LINGERED or not self.waiting:
            self.flush()
        self.early = time.perf_counter()

    def ended_late(self, is_late):
        """A request that was answered early has ended, long behind its answer or not."""
        self.early = 0.0
        if is_late:
            self.lingered = min(self.lingered + LINGERED, MOST_LINGERED)
        elif self.lingered:
            self.lingered -= 1

    def flush(self):
        if self.unsent:
            data = self.unsent[0] if len(self.unsent) == 1 else b"".join(self.unsent)
            self.unsent.clear()
            self.door.send(data)

    def receive(self, request):
        """The next frame for a request."""
        self.flush()
        while True:
            found = self.kept(request)
            if found is not None:
                return found
            self.waiting[:0] = reversed(self.door.receive())

    def kept(self, request):
        for at in range(len(self.waiting) - 1, -1, -1):
            kind, number, payload = self.waiting[at]
            if number == request and kind != channel.REQUEST:
                del self.waiting[at]
                return kind, payload
        return None

    def at_hand(self, request):
        """A frame for a request, if there is one already."""
        try:
            self.waiting[:0] = reversed(self.door.receive(socket.MSG_DONTWAIT))
        except BlockingIOError:
            pass
        return self.kept(request)


def run(worker, application):
    runner = wsgi.Runner(application, worker)
    batch = worker.settings.number("batch", 1000) / 1e6
    links = [Link(door) for door in worker.connect(CAPACITY, PREFETCH)]
    try:
        if len(links) == 1:
            while worker.is_wanted:
                serve(worker, runner, links[0], batch)
        else:
            serve_all(worker, runner, links, batch)
    except (worker.Stop, channel.Closed, ConnectionError):
        pass


def serve(worker, runner, link, batch):
    """Waits for requests of one door and runs them."""
    with worker.interruptible():
        frames = link.door.receive()
    work(runner, link, frames, batch)


def work(runner, link, frames, batch):
    """Runs the requests at hand. Answers wait for others that are sent with them, `batch` seconds at most."""
    waiting = link.waiting
    told = link.door.told
    waiting[:0] = reversed(frames)
    begun = time.perf_counter()
    while waiting:
        kind, request, payload = waiting.pop()
        if kind == channel.REQUEST:
            runner.run(link, request, runner.read(told, payload))
            now = time.perf_counter()
            if link.early:
                link.ended_late(now - link.early > LATE)
            if link.unsent and waiting and now - begun > batch:
                link.flush()
                begun = now
        # Anything else is about a request that has ended.
    link.flush()


def serve_all(worker, runner, links, batch):
    """Requests of several doors: looks at the one that was busy last first, waits for all when none has any."""
    by_descriptor = {link.door.socket.fileno(): link for link in links}
    poll = select.epoll()
    for descriptor in by_descriptor:
        poll.register(descriptor, select.EPOLLIN)
    while worker.is_wanted:
        with worker.interruptible():
            ready = poll.poll()
        for descriptor, _ in ready:
            link = by_descriptor[descriptor]
            work(runner, link, link.door.receive(), batch)
