"""The process that workers are forked from: one for each generation of the application's code."""

import gc
import os
import select
import signal
import sys
import time
import traceback

from fairlead_worker import control, hooks, kinds, loading, logs, standins, titles, watching, worker
from fairlead_worker.settings import Settings

FAILED = 3
# New objects before the collector looks for circles among them, where Python itself takes 700: requests leave circles
# behind, and looking that often takes some hundredths of an application's time. An application may say otherwise.
COLLECT_AFTER = 10_000
# What gunicorn's master takes; USR2 asks this process for its stacks.
PASSED_ON = (
    signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGUSR1, signal.SIGTTIN, signal.SIGTTOU,
    signal.SIGWINCH,
)
# Seconds that workers have beyond the time for their requests, once there is no master any more.
PARTING_SECONDS = 8
PAUSE_SECONDS = 0.02
# As they are before a kind of worker replaces them for the application's sake.
_fork = os.fork
_waitpid = os.waitpid
_sleep = time.sleep


class Zygote:
    def __init__(self):
        self.settings = Settings()
        self.commands = control.Commands()
        self.hooks = None
        self.application = None
        self.watch = None
        self.numbers = {}  # of workers that run, by process id
        self.is_leaving = False  # with the last of them

    def load(self):
        stage = "settings"
        try:
            settings = self.settings
            logs.set_up(
                settings.text("gunicorn.loglevel", "info"),
                settings.text("gunicorn.errorlog", "-"),
                settings.text("gunicorn.capture_output").lower() == "true",
            )
            kind = kinds.module(settings.text("kind", "sync"))
            gc.set_threshold(COLLECT_AFTER, *gc.get_threshold()[1:])
            titles.begin(settings)
            standins.offer()
            titles.show("master", settings)
            stage = "configuration"
            loading.prepare(settings.text("directory"), settings.all("pythonpath"))
            self.watch = watching.of(settings)
            self.hooks = hooks.load(settings)
            self.hooks.call("on_starting")
            what = "nothing yet"
            if settings.flag("preload"):
                stage = "import"
                if hasattr(kind, "patch"):
                    kind.patch()
                self.application = watching.load(settings, self.watch)
                what = settings.text("target")
        except BaseException as problem:
            self.failed(stage, problem)
        gc.collect()
        gc.freeze()
        control.report("loaded", sys.version.split()[0], sys.executable, what)

    def failed(self, stage, problem):
        if isinstance(problem, loading.NotLoaded):
            message, trace = str(problem), ""
        elif isinstance(problem, SystemExit):
            message, trace = f"it ended the process (SystemExit {problem.code})", traceback.format_exc()
        else:
            message = "".join(traceback.format_exception_only(type(problem), problem)).strip()
            trace = traceback.format_exc()
        control.report("failed", stage, message, trace)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(FAILED)

    def fork(self, number, token):
        self.hooks.call("pre_fork", hooks.Stand(number=number, pid=None, age=number))
        sys.stdout.flush()
        sys.stderr.flush()
        # What ends a worker waits until it has handlers of its own: by this process's it would be passed on.
        worker.hold_signals()
        try:
            pid = _fork()
            if pid == 0:
                os.close(control.COMMANDS)
                worker.run(self.settings, number, token, self.hooks, self.application, self.watch)
            self.numbers[pid] = number
        finally:
            worker.let_signals()
        self.tell_count()
        control.report("forked", number, pid)

    def tell_count(self):
        if hasattr(logs.error, "gauge"):
            logs.error.gauge("gunicorn.workers", len(self.numbers))

    def reap(self):
        while self.numbers:
            try:
                pid, status = _waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            number = self.numbers.pop(pid, None)
            if number is None:
                continue
            if os.WIFSIGNALED(status):
                control.report("exited", number, pid, "signal", os.WTERMSIG(status))
            else:
                control.report("exited", number, pid, "exit", os.WEXITSTATUS(status))
            try:
                self.hooks.call("child_exit", hooks.Stand(number=number, pid=pid))
            except Exception:
                logs.error.exception("child_exit hook failed")
            self.hooks.forget(number)
            self.tell_count()

    def obey(self, fields):
        name = fields[0]
        if name == "set":
            self.settings.add(fields[1], fields[2])
        elif name == "load":
            self.load()
        elif name == "fork":
            self.fork(int(fields[1]), fields[2])
        elif name == "hook":
            self.run_hook(fields[1], fields[2:])
        elif name == "log":
            logs.say_for(os.getppid(), fields[1], fields[2])
        elif name == "reopen":
            self.reopen()
        elif name == "quit":
            self.is_leaving = True

    def run_hook(self, name, arguments):
        try:
            self.hooks.call(name, *[int(argument) for argument in arguments])
        except Exception:
            logs.error.exception("%s hook failed", name)

    def reopen(self):
        if self.settings.flag("gunicorn.python_logs"):
            logs.reopen_files()
            for pid in self.numbers:
                os.kill(pid, signal.SIGUSR1)

    def run(self):
        wakeup_read, wakeup_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(wakeup_write, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        poll = select.poll()
        poll.register(control.COMMANDS, select.POLLIN)
        poll.register(wakeup_read, select.POLLIN)
        while True:
            ready = {descriptor for descriptor, _ in poll.poll()}
            if wakeup_read in ready:
                os.read(wakeup_read, 4096)
            self.reap()
            if self.is_leaving and not self.numbers:
                self.leave()
            if control.COMMANDS in ready:
                commands = self.commands.read()
                if commands is None:
                    self.abandoned()
                for fields in commands:
                    self.obey(fields)
                if self.is_leaving and not self.numbers:
                    self.leave()

    def leave(self):
        """As a program of Python's ends, with what the application that was imported here has registered for that."""
        if self.hooks:
            self.hooks.call("on_exit")
        sys.exit(0)

    def look_for_master(self, *_):
        """Whatever this process is at, be it an import that never ends: without a master it ends."""
        if control.is_hung_up():
            self.abandoned()

    def abandoned(self):
        """The master is gone: its workers have nobody to work for. Who does not end in time is killed."""
        signal.signal(signal.SIGIO, signal.SIG_IGN)
        self.end_workers(signal.SIGTERM)
        ends = time.monotonic() + self.settings.number("graceful_timeout", 30) + PARTING_SECONDS
        while time.monotonic() < ends and self.has_children():
            _sleep(PAUSE_SECONDS)
        self.end_workers(signal.SIGKILL)
        os._exit(0)

    def end_workers(self, how):
        for pid in self.numbers:
            try:
                os.kill(pid, how)
            except ProcessLookupError:
                pass

    def has_children(self):
        """Whether a worker runs; those that have ended are forgotten."""
        try:
            pid = _waitpid(-1, os.WNOHANG)[0]
            while pid:
                self.numbers.pop(pid, None)
                pid = _waitpid(-1, os.WNOHANG)[0]
        except ChildProcessError:
            self.numbers.clear()
        return bool(self.numbers)


def pass_on(number, _):
    """Applications that want a reload, or an end, signal their parent: that is the master, as far as they know."""
    control.report("signal", signal.Signals(number).name[len("SIG"):])


def main():
    control.keep()
    for number in PASSED_ON:
        signal.signal(number, pass_on)
        signal.siginterrupt(number, False)
    # An import that never ends can be asked where it is, too.
    worker.keep_stacks()
    zygote = Zygote()
    signal.signal(signal.SIGIO, zygote.look_for_master)
    signal.siginterrupt(signal.SIGIO, False)
    control.tell_by_signal()
    zygote.run()
