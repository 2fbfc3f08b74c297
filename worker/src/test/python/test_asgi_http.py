"""HTTP requests of ASGI applications."""

import json
import os
import signal
import struct
import tempfile
import time
import unittest

import asgi_traffic
import traffic


class AsgiTest(unittest.TestCase):
    def start(self, target="asgi_applications:application", **settings):
        asgi = asgi_traffic.Asgi(target, **settings)
        self.addCleanup(asgi.close)
        return asgi

    def told(self, asgi, wanted):
        """What the application noted, once it has noted so much."""
        end = time.monotonic() + traffic.PATIENCE
        while True:
            found = json.loads(asgi.ask("/tell").body)
            if found == wanted or time.monotonic() > end:
                return found
            time.sleep(0.01)


class AnswersTest(AsgiTest):
    def test_what_is_whole_goes_out_in_one_frame(self):
        answer = self.start().ask("/hello")
        self.assertEqual([traffic.RESPONSE], answer.kinds)
        self.assertEqual("200 OK", answer.status)
        self.assertEqual([("content-type", "text/plain")], answer.headers)
        self.assertEqual(b"Hello, world!\n", answer.body)

    def test_a_head_does_not_wait_for_a_late_body(self):
        answer = self.start().ask("/late")
        self.assertEqual([traffic.HEAD, traffic.DATA, traffic.END], answer.kinds)
        self.assertEqual(b"late", answer.body)

    def test_pieces_are_sent_as_they_come(self):
        answer = self.start().ask("/pieces")
        self.assertEqual([b"one", b"two", b"three"], answer.pieces)

    def test_older_applications_and_factories_are_called_as_they_want(self):
        for target in ("CalledTwice", "made()"):
            self.assertEqual(b"Hello, world!\n", self.start("asgi_applications:" + target).ask("/hello").body)

    def test_many_requests_are_answered_at_once(self):
        asgi = self.start()
        exchanges = [asgi.begin("/together", query="1000") for _ in range(1000)]
        for exchange in exchanges:
            self.assertEqual(b"together", exchange.answer().body)

    def test_an_answer_is_no_further_ahead_than_its_credit(self):
        asgi = self.start()
        exchange = asgi.begin("/endless")
        self.assertEqual(traffic.HEAD, exchange.frame()[0])
        size = 0
        while size < traffic.FIRST_CREDIT:
            kind, payload = exchange.frame()
            size += len(payload)
        self.assertEqual(traffic.FIRST_CREDIT, size)
        self.assertEqual([1_000_000], json.loads(asgi.ask("/tell").body))
        exchange.send(traffic.CREDIT, struct.pack("<I", 10))
        self.assertEqual((traffic.DATA, b"x" * 10), exchange.frame())
        exchange.send(traffic.CANCEL)
        self.assertEqual(traffic.END, exchange.frame()[0])

    def test_a_length_is_kept_to(self):
        asgi = self.start()
        self.assertEqual(b"xxx", asgi.ask("/length", query="3-3").body)
        self.assertIn("shorter", asgi.ask("/length", query="3-2").broken)
        self.assertIn("longer", asgi.ask("/length", query="3-4").broken)
        self.assertEqual("500 Internal Server Error", asgi.ask("/length", query="3-0").status)
        self.assertEqual("204 No Content", asgi.ask("/no-body").status)

    def test_heads_that_break_the_protocol_are_not_sent(self):
        asgi = self.start()
        for query in ("newline", "name", "text", "status", "interim", "word"):
            with self.subTest(query):
                self.assertEqual("500 Internal Server Error", asgi.ask("/head", query=query).status)
        answer = asgi.ask("/connection-headers")
        self.assertEqual("599 ", answer.status)
        self.assertEqual([("X-One", "1"), ("set-cookie", "a=\xe9")], answer.headers)

    def test_failures_are_told(self):
        asgi = self.start()
        self.assertEqual("500 Internal Server Error", asgi.ask("/broken").status)
        self.assertEqual("500 Internal Server Error", asgi.ask("/silent").status)
        answer = asgi.ask("/broken-late")
        self.assertEqual(b"some", answer.body)
        self.assertEqual("ValueError: broken late", answer.broken)

    def test_behind_the_end_there_is_nothing(self):
        asgi = self.start()
        asgi.ask("/behind-the-end")
        self.assertEqual(["http.disconnect", "refused"], self.told(asgi, ["http.disconnect", "refused"]))


class FilesTest(AsgiTest):
    def setUp(self):
        self.file = tempfile.NamedTemporaryFile()
        self.addCleanup(self.file.close)
        self.file.write(b"f" * 200_000)
        self.file.flush()

    def test_traffic_is_given_a_large_file(self):
        asgi = self.start()
        self.assertIn("http.response.pathsend", json.loads(asgi.ask("/extensions").body))
        exchange = asgi.begin("/file", query=self.file.name)
        self.assertEqual(traffic.HEAD, exchange.frame()[0])
        kind, payload = exchange.frame()
        descriptor, offset, size = struct.unpack("<IQQ", payload)
        self.assertEqual((traffic.FILE, 0, 200_000), (kind, offset, size))
        self.assertTrue(os.path.samefile(f"/proc/{asgi.pid}/fd/{descriptor}", self.file.name))
        exchange.send(traffic.FILE_TAKEN)
        self.assertEqual(traffic.END, exchange.frame()[0])

    def test_a_file_that_traffic_cannot_open_is_sent_in_pieces(self):
        answer = self.start().ask("/file", query=self.file.name)
        self.assertEqual(200_000, len(answer.body))

    def test_a_file_that_is_not_there_is_a_failure(self):
        asgi = self.start()
        self.assertEqual("500 Internal Server Error", asgi.ask("/file", query="/nowhere").status)
        self.assertEqual("500 Internal Server Error", asgi.ask("/file", query="/").status)

    def test_hints_come_before_the_answer(self):
        answer = self.start().ask("/hint")
        self.assertEqual([b"103 Early Hints\r\nlink: </a.css>; rel=preload\r\n\r\n"], answer.interim)
        self.assertEqual(b"Hello, world!\n", answer.body)


class BodiesTest(AsgiTest):
    def test_a_body_is_pulled(self):
        asgi = self.start()
        self.assertEqual(b"whole", asgi.ask("/echo", body=b"whole").body)
        answer = asgi.begin("/echo", b"be", traffic.MORE_BODY).answer([b"gin", b"ning", b""])
        self.assertEqual(b"beginning", answer.body)

    def test_a_piece_that_was_given_up_is_not_lost(self):
        exchange = self.start().begin("/impatient-echo", b"a", traffic.MORE_BODY)
        for piece in (b"b", b"c", b"d"):
            self.assertEqual(traffic.READ, exchange.frame()[0])
            time.sleep(0.07)
            exchange.send(traffic.BODY, piece)
        self.assertEqual(traffic.READ, exchange.frame()[0])
        exchange.send(traffic.BODY_END, b"e")
        self.assertEqual(b"abcde", exchange.answer().body)

    def test_all_who_wait_for_the_last_piece_learn_that_the_body_has_ended(self):
        answer = self.start().begin("/echo-of-two", b"", traffic.MORE_BODY).answer([b"whole", b""])
        self.assertEqual(b"whole", answer.body)

    def test_a_client_that_leaves_within_its_body_is_told_of(self):
        asgi = self.start()
        exchange = asgi.begin("/echo", b"a", traffic.MORE_BODY)
        self.assertEqual(traffic.READ, exchange.frame()[0])
        exchange.send(traffic.BODY_BROKEN)
        self.assertEqual(traffic.END, exchange.frame()[0])
        self.assertEqual(["disconnect within the body"], json.loads(asgi.ask("/tell").body))

    def test_a_client_that_leaves_is_told_of_and_may_be_talked_to(self):
        asgi = self.start()
        exchange = asgi.begin("/wait-for-the-end")
        exchange.send(traffic.CANCEL)
        self.assertEqual(traffic.END, exchange.frame()[0])
        wanted = ["http.disconnect", "http.disconnect", "said"]
        self.assertEqual(wanted, self.told(asgi, wanted))

    def test_what_is_said_to_nobody_goes_nowhere(self):
        asgi = self.start()
        exchange = asgi.begin("/talk-to-nobody")
        self.assertEqual(traffic.HEAD, exchange.frame()[0])
        exchange.send(traffic.CANCEL)
        self.assertEqual(traffic.END, exchange.frame()[0])
        self.assertEqual(["talked"], self.told(asgi, ["talked"]))


class LifespanTest(AsgiTest):
    def test_each_request_has_its_own_copy_of_the_state(self):
        asgi = self.start()
        for count in (1, 2):
            self.assertEqual(["good day", count, ["greeting", "own", "shared"]], json.loads(asgi.ask("/state").body))

    def test_an_application_that_does_not_start_ends_its_worker(self):
        for target, message, trace in (
            ("refuses_to_start", "OSError: no database", "Traceback ...\nOSError: no database"),
            ("fails_to_start", "OSError: no queue", "fails_to_start"),
        ):
            with self.subTest(target), self.assertRaises(AssertionError) as failed:
                self.start("asgi_applications:" + target)
            report = str(failed.exception).replace("\\n", "\n")
            self.assertIn("worker-failed", report)
            self.assertIn("\nlifespan\n" + message + "\n", report)
            self.assertIn(trace, report)

    def test_an_application_without_one_is_let_be(self):
        for target in ("knows_no_lifespan", "thinks_all_is_http"):
            answer = self.start("asgi_applications:" + target).ask("/hello")
            self.assertEqual("200 OK", answer.status)

    def test_the_end_is_told_behind_the_last_request(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "told")
            os.environ["SHUTDOWN_FILE"] = path
            self.addCleanup(os.environ.pop, "SHUTDOWN_FILE")
            asgi = self.start()
            exchange = asgi.begin("/echo", b"a", traffic.MORE_BODY)
            self.assertEqual(traffic.READ, exchange.frame()[0])
            os.kill(asgi.pid, signal.SIGTERM)
            time.sleep(0.1)
            self.assertFalse(os.path.exists(path))
            exchange.send(traffic.BODY_END, b"b")
            self.assertEqual(b"ab", exchange.answer().body)
            self.assertEqual(["exit", "0"], asgi.service.expect_report("exited")[3:])
            self.assertTrue(os.path.exists(path))

    def test_without_a_master_nobody_is_left(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "told")
            os.environ["SHUTDOWN_FILE"] = path
            self.addCleanup(os.environ.pop, "SHUTDOWN_FILE")
            for stubborn in (False, True):
                asgi = self.start(graceful_timeout=0)
                exchange = asgi.begin("/without-end" if stubborn else "/for-ever")
                self.assertEqual(traffic.HEAD, exchange.frame()[0])
                asgi.service.desert()
                asgi.service.expect_nobody()
                self.assertTrue(os.path.exists(path))

    def test_an_application_that_leaves_ends_its_worker(self):
        asgi = self.start()
        self.assertEqual("200 OK", asgi.ask("/leave").status)
        self.assertEqual(["exit", "0"], asgi.service.expect_report("exited")[3:])


if __name__ == "__main__":
    unittest.main()
