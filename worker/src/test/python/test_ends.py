"""How workers end, and what becomes of the requests they have."""

import os
import signal
import struct
import tempfile
import time
import unittest

import traffic


TOLD_AT_ONCE = """
import os, signal

os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), signal.SIGTERM))

def application(environ, start_response):
    raise AssertionError("there are no requests")
"""


def ended(service):
    fields = service.expect_report("exited")
    return fields[3], int(fields[4])


class OfEveryKind:
    kind = ""
    settings = {}

    def start(self, **settings):
        service = traffic.Service(self.kind, **{**self.settings, **settings})
        self.addCleanup(service.close)
        return service

    def test_an_application_that_exits_is_answered_first(self):
        service = self.start()
        self.assertEqual("500 Internal Server Error", service.connection.ask("/exit").status)
        self.assertEqual("exit", ended(service)[0])

    def test_the_end_of_its_connections_ends_it(self):
        service = self.start(doors=2)
        self.assertEqual(b"Hello, world!\n", service.connections[0][1].ask("/hello").body)
        for connection in service.connections[0]:
            connection.socket.close()
        self.assertEqual(("exit", 0), ended(service))

    def test_the_end_of_its_connections_ends_it_in_the_middle_of_an_answer(self):
        for path in ("/endless", "/echo"):
            with self.subTest(path):
                service = self.start()
                exchange = service.connection.begin(path=path, query="0", flags=traffic.MORE_BODY)
                exchange.frame()
                service.connection.socket.close()
                self.assertEqual(("exit", 0), ended(service))

    def test_asked_to_end_it_finishes_its_request(self):
        service = self.start()
        exchange = service.connection.begin(path="/large-piece", query=str(3 << 20))
        self.assertEqual(traffic.HEAD, exchange.frame()[0])
        os.kill(service.pids[0], signal.SIGTERM)
        exchange.send(traffic.CREDIT, struct.pack("<I", 1 << 20))
        self.assertEqual(3 << 20, len(exchange.answer().body))
        self.assertEqual(("exit", 0), ended(service))

    def test_asked_to_end_while_idle_it_ends(self):
        service = self.start(doors=2)
        os.kill(service.pids[0], signal.SIGTERM)
        self.assertEqual(("exit", 0), ended(service))

    def test_without_a_master_nobody_is_left(self):
        service = self.start(graceful_timeout=0)
        exchange = service.connection.begin(path="/for-ever")
        self.assertEqual(traffic.HEAD, exchange.frame()[0])
        service.desert()
        service.expect_nobody()

    def test_a_crash_is_told(self):
        service = self.start()
        os.kill(service.pids[0], signal.SIGSEGV)
        self.assertEqual(("signal", signal.SIGSEGV), ended(service))

    def test_stacks_are_written_where_the_master_reads_them(self):
        service = self.start()
        exchange = service.connection.begin(path="/busy")
        self.assertEqual(traffic.HEAD, exchange.frame()[0])
        self.assertEqual(traffic.DATA, exchange.frame()[0])
        os.kill(service.pids[0], signal.SIGUSR2)
        stacks = ""
        ends = time.monotonic() + traffic.PATIENCE
        while "in busy" not in stacks and time.monotonic() < ends:
            with open(f"/proc/{service.pids[0]}/fd/5", encoding="utf-8") as file:
                stacks = file.read()
        self.assertIn("applications.py", stacks)
        os.kill(service.pids[0], signal.SIGKILL)
        self.assertEqual(("signal", signal.SIGKILL), ended(service))

    def test_an_application_that_does_not_load_is_told_with_its_traceback(self):
        with self.assertRaises(AssertionError) as told:
            self.start(target="applications:nothing")
        self.assertIn("there is no 'nothing'", str(told.exception))
        with self.assertRaises(AssertionError) as told:
            self.start(target="no_such_module:application")
        self.assertIn("ModuleNotFoundError", str(told.exception))


class SyncTest(OfEveryKind, unittest.TestCase):
    kind = "sync"

    def test_without_a_master_an_import_that_never_ends_does(self):
        for preload in ("true", "false"):
            with self.subTest(preload=preload), tempfile.TemporaryDirectory() as folder:
                begun = os.path.join(folder, "begun")
                with open(os.path.join(folder, "slow.py"), "w", encoding="utf-8") as file:
                    file.write(f"import time\nopen({begun!r}, 'w').close()\nwhile True: time.sleep(3600)\n")
                settings = {"target": "slow:application", "directory": folder, "graceful_timeout": 0}
                service = traffic.Service("sync", workers=0, preload=preload, is_loaded=preload == "false", **settings)
                if preload == "false":
                    service.command("fork", "1", "token", "30")
                ends = time.monotonic() + traffic.PATIENCE
                while not os.path.exists(begun) and time.monotonic() < ends:
                    time.sleep(0.01)
                service.desert()
                service.expect_nobody()
                service.close()

    def test_a_signal_right_behind_the_fork_is_the_workers_own(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "told.py"), "w", encoding="utf-8") as file:
                file.write(TOLD_AT_ONCE)
            service = self.start(preload="true", directory=folder, target="told:application")
            self.assertEqual(("exit", 0), ended(service))
            self.assertNotIn("signal", [fields[0] for fields in service.passed_over])

    def test_answers_to_requests_that_must_not_be_sent_twice_are_not_kept_back(self):
        service = self.start()
        connection = service.connection
        first = connection.begin(path="/hello")
        second = connection.begin(path="/hello", method="POST")
        third = connection.begin(path="/paced", query="/nowhere", method="POST")
        self.assertEqual(b"Hello, world!\n", first.answer().body)
        self.assertEqual(b"Hello, world!\n", second.answer().body)
        self.assertEqual(traffic.HEAD, third.frame()[0])
        os.kill(service.pids[0], signal.SIGKILL)

    def test_requests_are_answered_in_their_order(self):
        connection = self.start().connection
        exchanges = [connection.begin(path=path) for path in ("/hello", "/pieces", "/boom", "/hello", "/list") * 20]
        for number, exchange in enumerate(exchanges):
            answer = exchange.answer()
            self.assertEqual("500 Internal Server Error" if number % 5 == 2 else "200 OK", answer.status)


class ThreadsTest(OfEveryKind, unittest.TestCase):
    kind = "gthread"
    settings = {"threads": 2}


@unittest.skipUnless(traffic.has("gevent"), "gevent is not installed here")
class GreenletsTest(OfEveryKind, unittest.TestCase):
    kind = "gevent"


@unittest.skipUnless(traffic.has("eventlet"), "eventlet is not installed here")
class GreenThreadsTest(OfEveryKind, unittest.TestCase):
    kind = "eventlet"


if __name__ == "__main__":
    unittest.main()
