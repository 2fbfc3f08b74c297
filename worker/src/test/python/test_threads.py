"""Several requests at a time."""

import json
import unittest

import traffic


class ThreadsTest(unittest.TestCase):
    def start(self, threads, **settings):
        service = traffic.Service("gthread", threads=threads, **settings)
        self.addCleanup(service.close)
        return service

    def test_as_many_requests_run_at_once_as_there_are_threads(self):
        for threads in (1, 2, 8):
            service = self.start(threads)
            self.assertEqual([str(threads), "1"], service.connection.hello[2:])
            exchanges = [service.connection.begin(path="/together", query=str(threads)) for _ in range(threads)]
            for exchange in exchanges:
                self.assertEqual("200 OK", exchange.answer().status)
            names = json.loads(service.connection.ask("/seen").body)[0]
            self.assertEqual([f"request-{n}" for n in range(threads)], names)

    def test_requests_of_several_doors_run_at_once(self):
        service = self.start(4, doors=2)
        exchanges = [service.connections[0][n % 2].begin(path="/together", query="4") for n in range(4)]
        for exchange in exchanges:
            self.assertEqual("200 OK", exchange.answer().status)

    def test_a_request_that_waits_holds_up_nobody(self):
        connection = self.start(2).connection
        waiting = connection.begin(path="/large-piece", query=str(3 << 20))
        self.assertEqual(traffic.HEAD, waiting.frame()[0])
        reading = None
        for _ in range(50):
            self.assertEqual(b"Hello, world!\n", connection.ask("/hello").body)
            reading = connection.begin(path="/echo", flags=traffic.MORE_BODY)
            self.assertEqual(b"ab", reading.answer([b"a", b"b"]).body)
        self.assertEqual(3 << 20, len(waiting.answer_with_credit(1 << 22).body))

    def test_more_requests_than_threads_wait_their_turn(self):
        connection = self.start(3).connection
        exchanges = [connection.begin(path="/pieces") for _ in range(100)]
        for exchange in exchanges:
            self.assertEqual(b"onetwothree", exchange.answer().body)


@unittest.skipUnless(traffic.has("gevent"), "gevent is not installed here")
class GreenletsTest(unittest.TestCase):
    kind = "gevent"

    def start(self, **settings):
        service = traffic.Service(self.kind, **settings)
        self.addCleanup(service.close)
        return service

    def test_hundreds_of_requests_run_at_once(self):
        service = self.start(connections=500)
        self.assertEqual(["500", "0"], service.connection.hello[2:])
        exchanges = [service.connection.begin(path="/together", query="300") for _ in range(300)]
        for exchange in exchanges:
            self.assertEqual("200 OK", exchange.answer().status)

    def test_a_request_that_waits_holds_up_nobody(self):
        connection = self.start(doors=2).connection
        waiting = connection.begin(path="/large-piece", query=str(3 << 20))
        self.assertEqual(traffic.HEAD, waiting.frame()[0])
        for _ in range(50):
            self.assertEqual(b"Hello, world!\n", connection.ask("/hello").body)
            reading = connection.begin(path="/echo", flags=traffic.MORE_BODY)
            self.assertEqual(b"ab", reading.answer([b"a", b"b"]).body)
        self.assertEqual(3 << 20, len(waiting.answer_with_credit(1 << 22).body))


@unittest.skipUnless(traffic.has("eventlet"), "eventlet is not installed here")
class GreenThreadsTest(GreenletsTest):
    kind = "eventlet"


if __name__ == "__main__":
    unittest.main()
