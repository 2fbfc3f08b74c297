"""One worker process: from the fork to its end."""

import contextlib
import faulthandler
import os
import signal
import sys
import traceback

from fairlead_worker import channel, control, hooks, kinds, loading, logs, titles, tunnel, watching

STACKS = 5
FAILED_TO_START = 3
# What ends a worker.
ENDS = (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT, signal.SIGABRT)
# What waits while a process forks, so that neither side misses it.
HELD = (*ENDS, signal.SIGIO)


class Stop(Exception):
    """The worker shall end, and was waiting for requests."""


class Worker:
    Stop = Stop

    def __init__(self, settings, number, token, the_hooks):
        self.settings = settings
        self.number = number
        self.token = token
        self.hooks = the_hooks
        self.pid = os.getpid()
        self.is_wanted = True
        self.is_serving = False
        self._may_interrupt = False

    @contextlib.contextmanager
    def interruptible(self):
        """While waiting for requests: a signal to end takes effect at once."""
        if not self.is_wanted:
            raise Stop
        self._may_interrupt = True
        try:
            yield
        finally:
            self._may_interrupt = False

    def connect(self, capacity, prefetch):
        """Opens every door and says who this is: from now on there may be requests."""
        control.report("booting", self.number, self.pid, "connect")
        doors = [channel.Door(address) for address in self.settings.all("door")]
        for door in doors:
            door.hello(self.token, self.pid, capacity, prefetch)
        self.is_serving = True
        return doors

    def offer_socket(self, call, environ):
        """For requests that ask for another protocol: the connection itself, under the names that libraries look for."""
        call.tunnel = tunnel.Tunnel(call.link.address, self.token, call.request)
        environ["werkzeug.socket"] = environ["gunicorn.socket"] = call.tunnel.socket

    def end_when_idle(self, *_):
        self.is_wanted = False
        if self._may_interrupt:
            raise Stop

    def abort(self, *_):
        self.end_at_once("worker_abort", 1)

    def end_now(self, *_):
        self.end_at_once("worker_int", 0)

    def end_at_once(self, hook, status):
        """In the middle of a request, but so that what stands in a `finally` of the application is done."""
        _ignore(ENDS)
        self.is_wanted = False
        self.hooks.call(hook, self)
        raise SystemExit(status)


def run(settings, number, token, the_hooks, application, watch):
    """The child's life. Never returns; ends as any program in Python, with what was registered by `atexit`."""
    status = FAILED_TO_START
    worker = None
    try:
        worker = Worker(settings, number, token, the_hooks)
        the_hooks.worker = worker
        _signals(worker)
        os.register_at_fork(before=hold_signals, after_in_parent=let_signals, after_in_child=part)
        titles.show("worker", settings)
        the_hooks.call("post_fork", worker)
        kind = kinds.module(settings.text("kind", "sync"))
        if application is None:
            control.report("booting", number, worker.pid, "import")
            if hasattr(kind, "patch"):
                kind.patch()
            loading.prepare(settings.text("directory"), settings.all("pythonpath"))
            application = watching.load(settings, watch)
        elif hasattr(kind, "forked"):
            kind.forked()
        if watch:
            watch.start(number)
        application = the_hooks.loaded(application)
        kind.run(worker, application)
        status = 0
    except SystemExit as ending:
        status = ending.code if isinstance(ending.code, int) else 1
        if worker is None or not _is_serving(worker):
            _report_failure(number, "import", ending)
            status = FAILED_TO_START
    except BaseException as problem:
        _report_failure(number, getattr(problem, "stage", "start"), problem)
    finally:
        # The master kills who takes too long; until then there is time for what the application wants to be done.
        _ignore(ENDS)
        with contextlib.suppress(BaseException):
            logs.error.info("Worker exiting (pid: %s)", os.getpid())
            the_hooks.call("worker_exit", worker)
        with contextlib.suppress(BaseException):
            sys.stdout.flush()
            sys.stderr.flush()
        sys.exit(status)


def _is_serving(worker):
    return worker.is_serving


def _report_failure(number, stage, problem):
    if isinstance(problem, (loading.NotLoaded, loading.NotStarted)):
        message, trace = str(problem), problem.trace
    elif isinstance(problem, SystemExit):
        message, trace = f"the application ended the process (SystemExit {problem.code})", traceback.format_exc()
    else:
        message, trace = "".join(traceback.format_exception_only(type(problem), problem)).strip(), traceback.format_exc()
    logs.error.error("Exception in worker process\n%s", trace or message)
    control.report("worker-failed", number, os.getpid(), stage, message, trace)


def _signals(worker):
    """Handlers of this process; the zygote's were its own."""
    signal.set_wakeup_fd(-1)
    _ignore((signal.SIGHUP, signal.SIGUSR1, signal.SIGWINCH, signal.SIGTTIN, signal.SIGTTOU))
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    if worker.settings.flag("gunicorn.python_logs"):
        signal.signal(signal.SIGUSR1, lambda *_: logs.reopen_files())
    signal.signal(signal.SIGTERM, worker.end_when_idle)
    signal.signal(signal.SIGINT, worker.end_now)
    signal.signal(signal.SIGQUIT, worker.end_now)
    signal.signal(signal.SIGABRT, worker.abort)
    keep_stacks()
    let_signals()


def _ignore(numbers):
    """By handlers: what is ignored stays so in all programs that the application executes."""
    for number in numbers:
        signal.signal(number, _nothing)
        signal.siginterrupt(number, False)


def _nothing(*_):
    pass


def hold_signals():
    """Python forgets what comes before a child has its own handlers."""
    signal.pthread_sigmask(signal.SIG_BLOCK, HELD)


def let_signals():
    signal.pthread_sigmask(signal.SIG_UNBLOCK, HELD)


def part():
    """In a child that the application forks: the worker's connections are not its own, and signals end it."""
    channel.part()
    control.part()
    signal.set_wakeup_fd(-1)
    for number in (*ENDS, signal.SIGHUP, signal.SIGUSR1):
        signal.signal(number, signal.SIG_DFL)
    let_signals()


def keep_stacks():
    """On SIGUSR2 the stacks of all threads are written where the master finds them, even from within C code."""
    if hasattr(os, "memfd_create"):
        file = os.memfd_create("stacks")
    else:
        file = os.open("/tmp", os.O_TMPFILE | os.O_RDWR, 0o600)
    if file != STACKS:
        os.dup2(file, STACKS, inheritable=False)
        os.close(file)
    faulthandler.register(signal.SIGUSR2, file=STACKS, all_threads=True)
