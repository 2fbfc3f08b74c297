"""Several requests at a time, each in a thread of a pool."""

import os
import queue
import sys
import threading

from fairlead_worker import channel, wsgi

PREFETCH = 1


class Link:
    """A door that several requests use at once. One thread receives and hands on."""

    def __init__(self, door):
        self.door = door
        self.calls = {}
        self._sending = threading.Lock()

    def send(self, data):
        with self._sending:
            self.door.send(data)

    def receive(self, begin, ended):
        """Hands on what comes through the door until that closes.

        begin is given the link, number and payload of each new request; ended is an event.
        """
        try:
            while True:
                for kind, request, payload in self.door.receive():
                    if kind == channel.REQUEST:
                        begin(CallLink(self, request), request, payload)
                    else:
                        call = self.calls.get(request)
                        if call is not None:
                            call.deliver((kind, payload))
        except (channel.Closed, OSError):
            self.close()
            ended.set()

    def close(self):
        """Nothing more comes: whoever waits learns it."""
        for call in list(self.calls.values()):
            call.deliver(None)


class CallLink:
    """A door as one request sees it."""

    __slots__ = ("link", "request", "_frames", "send", "address", "told")

    def __init__(self, link, request):
        self.link = link
        self.request = request
        self.send = link.send
        self.address = link.door.address
        self.told = link.door.told
        self._frames = queue.SimpleQueue()
        link.calls[request] = self

    def deliver(self, frame):
        self._frames.put(frame)

    def receive(self, request):
        frame = self._frames.get()
        if frame is None:
            raise channel.Closed
        return frame

    def at_hand(self, request):
        """A frame, if there is one already."""
        return None if self._frames.empty() else self.receive(request)

    def answer(self, data):
        # Traffic may use the number again as soon as it has seen the end.
        self.link.calls.pop(self.request, None)
        self.send(data)

    answer_early = answer

    def flush(self):
        """Nothing waits here: whatever was answered has been sent."""


def run(worker, application):
    threads = worker.settings.number("threads", 1)
    runner = wsgi.Runner(application, worker)
    pool = Pool(worker, runner, threads)
    links = [Link(door) for door in worker.connect(threads, PREFETCH)]
    for number, link in enumerate(links):
        threading.Thread(target=link.receive, args=(pool.begin, pool.ended), name=f"door-{number}", daemon=True).start()
    try:
        with worker.interruptible():
            pool.ended.wait()
    except worker.Stop:
        pass
    pool.finish()


class Pool:
    """Threads that run requests."""

    def __init__(self, worker, runner, size):
        self.requests = queue.SimpleQueue()
        self.ended = threading.Event()
        self._runner = runner
        self._pid = worker.pid
        self._threads = [threading.Thread(target=self._work, name=f"request-{n}", daemon=True) for n in range(size)]
        for thread in self._threads:
            thread.start()

    def begin(self, link, request, payload):
        self.requests.put((link, request, self._runner.read(link.told, payload)))

    def _work(self):
        while True:
            task = self.requests.get()
            if task is None:
                return
            try:
                self._runner.run(*task)
            except (channel.Closed, OSError):
                self._end_child(0)
            except SystemExit as ending:
                self._end_child(ending.code)
                self.ended.set()

    def _end_child(self, code):
        """Where the application has forked, this is the only thread there is: nobody else would end it."""
        if os.getpid() != self._pid:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code if isinstance(code, int) else 1 if code else 0)

    def finish(self):
        """Ends when the requests that were taken are answered."""
        for _ in self._threads:
            self.requests.put(None)
        for thread in self._threads:
            thread.join()
