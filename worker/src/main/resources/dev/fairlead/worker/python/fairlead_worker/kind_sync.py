"""One request at a time, in the order they come."""

import os
import select
import time

from fairlead_worker import channel, wsgi

CAPACITY = 1
# Traffic sends ahead only what is known to be short, so that nothing waits here behind something long.
PREFETCH = 32
# Answers wait this long, in seconds, for others that are sent with them; only while requests are at hand.
LONGEST_BATCH = 0.0005


class Link:
    """A door as one request sees it. Requests that arrive while it is waited for are kept."""

    __slots__ = ("door", "waiting", "unsent", "since", "offered")

    def __init__(self, door):
        self.door = door
        self.waiting = []  # frames received, in reverse order
        self.unsent = []
        self.since = 0.0

    @property
    def address(self):
        return self.door.address

    def send(self, data):
        self.unsent.append(data)
        self.flush()

    def answer(self, data):
        """The last of an answer: may be sent together with the next ones."""
        self.unsent.append(data)

    def flush(self):
        if self.unsent:
            data = self.unsent[0] if len(self.unsent) == 1 else b"".join(self.unsent)
            self.unsent.clear()
            self.door.socket.sendall(data)

    def receive(self, request):
        """The next frame for a request."""
        self.flush()
        while True:
            for at in range(len(self.waiting) - 1, -1, -1):
                kind, number, payload = self.waiting[at]
                if number == request and kind != channel.REQUEST:
                    del self.waiting[at]
                    return kind, payload
            self.waiting[:0] = reversed(self.door.receive())


def run(worker, application):
    runner = wsgi.Runner(application, worker)
    links = [Link(door) for door in worker.connect(CAPACITY, PREFETCH)]
    try:
        if len(links) == 1:
            while worker.is_wanted:
                serve(worker, runner, links[0])
        else:
            serve_all(worker, runner, links)
    except (worker.Stop, channel.Closed, ConnectionError):
        pass


def serve(worker, runner, link):
    """Waits for requests of one door and runs them."""
    with worker.interruptible():
        frames = link.door.receive()
    work(worker, runner, link, frames)


def work(worker, runner, link, frames):
    waiting = link.waiting
    waiting[:0] = reversed(frames)
    begun = time.perf_counter()
    while waiting:
        kind, request, payload = waiting.pop()
        if kind == channel.REQUEST:
            runner.run(link, request, payload)
            if link.unsent and waiting and time.perf_counter() - begun > LONGEST_BATCH:
                link.flush()
                begun = time.perf_counter()
        # Anything else is about a request that has ended.
    link.flush()


def serve_all(worker, runner, links):
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
            work(worker, runner, link, link.door.receive())
