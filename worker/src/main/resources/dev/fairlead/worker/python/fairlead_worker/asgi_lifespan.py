"""An ASGI application's own start and end. One that does not know of them is let be."""

import asyncio
import traceback

from fairlead_worker import logs
from fairlead_worker.loading import NotStarted


class Lifespan:
    def __init__(self, application):
        self.state = {}
        self._application = application
        self._events = asyncio.Queue()
        self._started = asyncio.Event()
        self._ended = asyncio.Event()
        self._problem = None
        self._is_asked = False  # whether it took the event of its start, and so knows the protocol
        self._is_foreign = False  # whether it answered with something of another protocol
        self._task = None

    async def start(self):
        """Waits until the application has started.

        Raises NotStarted if it says so, and also if it took the event and then failed. Failing before that means that it
        does not know the protocol, which is no fault.
        """
        self._task = asyncio.ensure_future(self._run())
        self._events.put_nowait({"type": "lifespan.startup"})
        await self._started.wait()
        if self._problem is not None:
            raise self._problem

    async def stop(self):
        if self._task is not None and not self._task.done():
            self._events.put_nowait({"type": "lifespan.shutdown"})
            await self._ended.wait()

    async def _run(self):
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": self.state}
        try:
            await self._application(scope, self._receive, self._send)
        except asyncio.CancelledError:
            # It was still there at the very end.
            pass
        except BaseException as problem:
            self._failed(problem)
        finally:
            self._started.set()
            self._ended.set()

    def _failed(self, problem):
        if self._started.is_set():
            if self._problem is None:
                logs.error.exception("Exception in 'lifespan' protocol")
        elif isinstance(problem, (SystemExit, KeyboardInterrupt)) or (self._is_asked and not self._is_foreign):
            message = "".join(traceback.format_exception_only(type(problem), problem)).strip()
            self._problem = NotStarted(message, traceback.format_exc())
        else:
            logs.error.debug("ASGI 'lifespan' protocol appears unsupported.", exc_info=problem)

    async def _receive(self):
        event = await self._events.get()
        self._is_asked = True
        return event

    async def _send(self, message):
        kind = message["type"]
        if kind == "lifespan.startup.complete":
            self._started.set()
        elif kind == "lifespan.startup.failed":
            text = str(message.get("message", "")).strip()
            # Frameworks put the whole traceback there.
            self._problem = NotStarted(text.rpartition("\n")[2] or "the application says that it did not start", text)
            self._started.set()
        elif kind == "lifespan.shutdown.complete":
            self._ended.set()
        elif kind == "lifespan.shutdown.failed":
            logs.error.error("the application failed to shut down: %s", message.get("message", ""))
            self._ended.set()
        else:
            self._is_foreign = True
            raise RuntimeError(f"{kind} is not of the lifespan protocol")
