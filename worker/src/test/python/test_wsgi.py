"""WSGI (PEP 3333) as applications meet it, in every kind of worker that runs it with the standard library alone."""

import json
import os
import struct
import tempfile
import time
import unittest

import applications
import traffic


class OfEveryKind:
    kind = ""
    settings = {}

    @classmethod
    def setUpClass(cls):
        cls.service = traffic.Service(cls.kind, **cls.settings)

    @classmethod
    def tearDownClass(cls):
        cls.service.close()

    @property
    def connection(self):
        return self.service.connection

    def ask(self, path, **variables):
        return self.connection.ask(path, **variables)

    def setUp(self):
        self.ask("/seen")

    def tearDown(self):
        # Whatever was answered before, the worker is well.
        self.assertEqual(b"Hello, world!\n", self.ask("/hello").body)

    def assert_seen(self, *expected):
        """Applications note this, and nothing before it; perhaps only while they are asked."""
        ends = time.monotonic() + traffic.PATIENCE
        found = []
        while len(found) < len(expected) and time.monotonic() < ends:
            found += json.loads(self.ask("/seen").body)
        self.assertEqual(list(expected), found)

    # What an application is given.

    def test_environ_is_a_plain_dict_with_what_the_rules_ask_for(self):
        shown = json.loads(self.ask("/environ").body)
        self.assertEqual("dict", shown["type"])
        for name in ("wsgi.input", "wsgi.errors", "wsgi.file_wrapper", "wsgi.early_hints"):
            self.assertIn(name, shown)
        self.assertEqual("False", shown["wsgi.run_once"])
        self.assertEqual("(1, 0)", shown["wsgi.version"])
        self.assertEqual("True", shown["wsgi.input_terminated"])

    def test_variables_that_traffic_has_said_before_are_those_it_said(self):
        self.ask("/spoiled", place=3, HTTP_COOKIE="a=1")
        self.ask("/spoiled", place=3, is_known=True, REMOTE_PORT="1")
        shown = json.loads(self.ask("/environ", query="q", place=3, is_known=True, REMOTE_PORT="2").body)
        self.assertEqual("'a=1'", shown["HTTP_COOKIE"])
        self.assertEqual("'q'", shown["QUERY_STRING"])
        self.assertEqual("'2'", shown["REMOTE_PORT"])
        self.assertNotIn("spoiled", shown)
        shown = json.loads(self.ask("/environ", place=3, is_known=True, REMOTE_PORT=None).body)
        self.assertNotIn("REMOTE_PORT", shown)
        self.ask("/environ", place=3, HTTP_COOKIE="b=2")
        shown = json.loads(self.ask("/environ", place=3, is_known=True).body)
        self.assertEqual("'b=2'", shown["HTTP_COOKIE"])

    # The request's body.

    def test_a_body_that_is_here_is_read(self):
        self.assertEqual(b"some text", self.ask("/echo", body=b"some text").body)

    def test_no_body_reads_as_empty(self):
        self.assertEqual(b"", self.ask("/echo").body)

    def test_a_body_that_comes_later_is_pulled(self):
        exchange = self.connection.begin(path="/echo", body=b"here ", flags=traffic.MORE_BODY)
        self.assertEqual(b"here and there, and the end", exchange.answer([b"and ", b"there", b", and the end"]).body)

    def test_a_body_may_end_with_an_empty_piece(self):
        exchange = self.connection.begin(path="/echo", body=b"here ", flags=traffic.MORE_BODY)
        self.assertEqual(b"here too", exchange.answer([b"too", b""]).body)

    def test_a_body_can_be_read_in_all_ways(self):
        text = b"abcdef\nghijkl\nm\nn\no\np\nq"
        expected = ["abc", "def\n", "gh", "ijkl\n", "", "m\n", "n\n", "o\n", "p\n", "q", "", "", ""]
        self.assertEqual(expected, json.loads(self.ask("/input", body=text).body))
        for step in (1, 7):
            exchange = self.connection.begin(path="/input", body=text[:2], flags=traffic.MORE_BODY)
            pieces = [text[at:at + step] for at in range(2, len(text), step)]
            self.assertEqual(expected, json.loads(exchange.answer(pieces).body), step)

    def test_a_large_body_is_read_in_large_pieces(self):
        for size in ("1000000", "4096"):
            exchange = self.connection.begin(path="/count", query=size, flags=traffic.MORE_BODY)
            answer = exchange.answer([b"x" * 60000] * 10)
            self.assertEqual(b"600000", answer.body)
            self.assertLessEqual(max(answer.wanted), 256 * 1024)
            self.assertGreaterEqual(min(answer.wanted), 4096)

    def test_a_body_that_nobody_reads_is_not_asked_for(self):
        exchange = self.connection.begin(path="/unread", body=b"here", flags=traffic.MORE_BODY)
        answer = exchange.answer()
        self.assertEqual(b"not read", answer.body)
        self.assertEqual([], answer.wanted)

    def test_a_body_that_breaks_off_is_an_error_of_reading(self):
        exchange = self.connection.begin(path="/echo", body=b"here", flags=traffic.MORE_BODY)
        self.assertEqual(traffic.READ, exchange.frame()[0])
        exchange.send(traffic.BODY_BROKEN)
        self.assertIsNotNone(exchange.answer().broken)

    def test_an_application_that_catches_the_error_meets_it_again_and_may_answer(self):
        exchange = self.connection.begin(path="/stubborn-reader", flags=traffic.MORE_BODY)
        self.assertEqual(traffic.READ, exchange.frame()[0])
        exchange.send(traffic.BODY_BROKEN)
        answer = exchange.answer()
        self.assertEqual("400 Bad Request", answer.status)
        self.assert_seen("Gone", "again")

    # The answer's body.

    def test_what_is_at_hand_is_sent_in_one_frame(self):
        for path, body in (("/hello", b"Hello, world!\n"), ("/list", b"onetwo"), ("/tuple", b"alone")):
            answer = self.ask(path)
            self.assertEqual([traffic.RESPONSE], answer.kinds)
            self.assertEqual(body, answer.body)

    def test_each_piece_is_sent_as_it_comes(self):
        answer = self.ask("/pieces")
        self.assertEqual([b"one", b"two", b"three"], answer.pieces)
        self.assert_seen("pieces closed")

    def test_a_piece_does_not_wait_for_the_next(self):
        with tempfile.TemporaryDirectory() as folder:
            go = os.path.join(folder, "go")
            exchange = self.connection.begin(path="/paced", query=go)
            self.assertEqual(traffic.HEAD, exchange.frame()[0])
            self.assertEqual((traffic.DATA, b"first"), exchange.frame())
            with open(go, "w"):
                pass
            self.assertEqual((traffic.DATA, b"second"), exchange.frame())
            self.assertEqual(traffic.END, exchange.frame()[0])

    def test_a_first_piece_as_long_as_announced_is_the_whole_answer(self):
        exchange = self.connection.begin(path="/announced", flags=traffic.MORE_BODY)
        answer = exchange.answer()
        self.assertEqual([traffic.RESPONSE], answer.kinds)
        self.assertEqual(b"12345", answer.body)
        self.assert_seen("went on", "not read")

    def test_generators_may_begin_before_the_head_is_said(self):
        self.assertEqual(b"late", self.ask("/late-start").body)
        self.assertEqual(b"onetwo", self.ask("/generator").body)
        self.assert_seen("generator closed")

    def test_nothing_is_an_answer(self):
        for status in ("200 OK", "204 No Content", "304 Not Modified"):
            answer = self.ask("/empty", query=status)
            self.assertEqual(status, answer.status)
            self.assertEqual([traffic.RESPONSE], answer.kinds)
            self.assertEqual(b"", answer.body)

    def test_the_length_of_a_large_list_is_said(self):
        answer = self.ask("/large-list", query="30")
        self.assertEqual(3000000, len(answer.body))
        self.assertEqual("3000000", answer.header("Content-Length"))
        self.assertIsNone(self.ask("/not-modified-with-body").header("Content-Length"))

    def test_pieces_fit_into_frames(self):
        for size in (262143, 262144, 262145, 5000000):
            answer = self.ask("/large-piece", query=str(size))
            self.assertEqual(size, len(answer.body))
            self.assertLessEqual(max(map(len, answer.pieces)), 262144)

    def test_no_more_is_sent_than_was_granted(self):
        exchange = self.connection.begin(path="/large-piece", query=str(3 << 20))
        self.assertEqual(traffic.HEAD, exchange.frame()[0])
        count = 0
        while count < traffic.FIRST_CREDIT:
            kind, payload = exchange.frame()
            self.assertEqual(traffic.DATA, kind)
            count += len(payload)
        self.assertEqual(traffic.FIRST_CREDIT, count)
        exchange.send(traffic.CREDIT, struct.pack("<I", 10))
        self.assertEqual(10, len(exchange.frame()[1]))
        exchange.send(traffic.CREDIT, struct.pack("<I", 1 << 22))
        self.assertEqual((3 << 20) - count - 10, len(exchange.answer().body))

    def test_what_is_written_comes_before_what_is_returned(self):
        answer = self.ask("/write")
        self.assertEqual(b"one two three", answer.body)
        self.assertEqual([traffic.HEAD, traffic.DATA, traffic.DATA, traffic.DATA, traffic.END], answer.kinds)
        self.assertEqual([traffic.HEAD, traffic.END], self.ask("/write-nothing").kinds)

    def test_no_more_is_sent_than_was_announced(self):
        for query in ("", "whole"):
            answer = self.ask("/too-much", query=query)
            self.assertEqual(b"12345", answer.body)
            self.assertIsNone(answer.broken)
        self.assertEqual(b"123", self.ask("/too-little").body)

    # Heads.

    def test_heads_that_break_the_rules_are_errors(self):
        for name in applications.HEADS:
            with self.subTest(name):
                answer = self.ask("/head", query=name)
                self.assertEqual("500 Internal Server Error", answer.status)
                self.assertEqual([traffic.RESPONSE], answer.kinds)

    def test_heads_within_the_rules_are_sent(self):
        expected = {
            "derived": ("200 OK", [("X-Name", "value")]),
            "latin-1": ("200 D\xe9j\xe0", [("X", "d\xe9j\xe0 vu")]),
            "space": ("200 OK", [("X", "  a b  "), ("Y", "c\xe9")]),
            "tab": ("200 OK", [("X", "a\tb")]),
            "padded-length": ("200 OK", [("Content-Length", " 1 ")]),
            "bare-status": ("404 ", []),
            "empty-value": ("200 OK", [("X", "")]),
            "same-lengths": ("200 OK", [("Content-Length", "1")]),
            "several": ("200 OK", [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]),
            "hop-by-hop": ("200 OK", [("X", "y")]),
            "tuple": ("200 OK", [("X", "y")]),
        }
        for name in applications.GOOD_HEADS:
            with self.subTest(name):
                answer = self.ask("/head", query=name)
                self.assertEqual(expected[name], (answer.status, answer.headers))

    def test_early_hints_go_out_before_the_answer_only(self):
        answer = self.ask("/hints")
        self.assertEqual([b"103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"], answer.interim)
        self.assertEqual(traffic.INTERIM, answer.kinds[0])
        self.assertEqual(b"begun", answer.body)
        self.assertEqual("500 Internal Server Error", self.ask("/wrong-hints").status)

    # Errors.

    def test_errors_before_the_head_went_out_are_answered_500(self):
        for path in ("/boom", "/boom-after-head", "/boom-in-first-piece", "/twice", "/unstarted", "/unstarted-iterator"):
            with self.subTest(path):
                answer = self.ask(path)
                self.assertEqual("500 Internal Server Error", answer.status)
                self.assertEqual([traffic.RESPONSE], answer.kinds)
        self.assert_seen("first closed")

    def test_errors_after_that_break_the_answer_off(self):
        answer = self.ask("/boom-in-later-piece")
        self.assertEqual("200 OK", answer.status)
        self.assertEqual("RuntimeError: boom", answer.broken)
        self.assert_seen("later closed")

    def test_an_error_in_close_comes_too_late_to_matter(self):
        answer = self.ask("/boom-in-close")
        self.assertEqual(b"one", answer.body)
        self.assertEqual(traffic.END, answer.kinds[-1])
        self.assert_seen("failing closed")

    def test_with_exc_info_the_head_is_replaced_while_it_was_not_sent(self):
        answer = self.ask("/recovered")
        self.assertEqual("500 Oops", answer.status)
        self.assertEqual([("X-Second", "2")], answer.headers)
        self.assertEqual(b"recovered", answer.body)

    def test_with_exc_info_the_error_is_raised_once_it_was(self):
        answer = self.ask("/too-late")
        self.assertEqual("ValueError: the original one", answer.broken)
        self.assert_seen("raised the original one")

    def test_bodies_hold_bytes_and_nothing_else(self):
        for query in ("text", "texts", "iterator", "bytearrays", "none", "bytes", "string", "numbers"):
            with self.subTest(query):
                self.assertEqual("500 Internal Server Error", self.ask("/wrong-body", query=query).status)
        self.assertEqual("500 Internal Server Error", self.ask("/wrong-write").status)

    # Clients that leave.

    def test_an_iterable_is_closed_when_the_client_has_left(self):
        for pause in ("0", "0.02"):
            with self.subTest(pause):
                exchange = self.connection.begin(path="/endless", query=pause)
                self.assertEqual(traffic.HEAD, exchange.frame()[0])
                exchange.send(traffic.CANCEL)
                self.assertIsNotNone(exchange.answer(credit=False).broken)
                self.assert_seen("endless closed")

    def test_an_application_that_goes_on_writing_to_nobody_comes_to_an_end(self):
        exchange = self.connection.begin(path="/stubborn-writer")
        self.assertEqual(traffic.HEAD, exchange.frame()[0])
        exchange.send(traffic.CANCEL)
        exchange.answer(credit=False)
        self.assert_seen("gave up")

    # Files.

    def test_traffic_sends_large_files(self):
        exchange = self.connection.begin(path="/file", query="200000,,,raw")
        kind, head = exchange.frame()
        self.assertEqual(traffic.HEAD, kind)
        self.assertIn(b"Content-Length: 200000\r\n", head)
        kind, payload = exchange.frame()
        self.assertEqual(traffic.FILE, kind)
        descriptor, offset, length = struct.unpack("<IQQ", payload)
        self.assertEqual((0, 200000), (offset, length))
        with open(f"/proc/{self.service.pids[0]}/fd/{descriptor}", "rb") as file:
            self.assertEqual(applications.CONTENT[:200000], file.read())
        exchange.send(traffic.FILE_TAKEN)
        self.assertEqual(traffic.END, exchange.frame()[0])
        self.assert_seen("file closed")

    def test_files_are_sent_from_where_the_application_stands(self):
        for kind in ("", "raw", "buffered"):
            with self.subTest(kind):
                answer = self.ask("/file", query="200000,1000,," + kind)
                self.assertEqual([(1000, 199000)], [file[1:] for file in answer.files])
                self.assertEqual(applications.CONTENT[1000:200000], answer.body)

    def test_no_more_of_a_file_is_sent_than_was_announced(self):
        answer = self.ask("/file", query="200000,1000,150000")
        self.assertEqual([(1000, 150000)], [file[1:] for file in answer.files])
        self.assertEqual(applications.CONTENT[1000:151000], answer.body)

    def test_files_traffic_does_not_take_are_read_here(self):
        answer = self.ask("/file", query="200000,,,")
        self.assertEqual(applications.CONTENT[:200000], answer.body)

    def test_small_files_are_sent_whole(self):
        for size in (0, 1, 60000):
            answer = self.ask("/file", query=f"{size},,,")
            self.assertEqual([traffic.RESPONSE], answer.kinds)
            self.assertEqual(applications.CONTENT[:size], answer.body)
        self.assertEqual(applications.CONTENT[100:300], self.ask("/file", query="60000,100,200,").body)

    def test_what_is_no_plain_file_is_read(self):
        for kind in ("gzip", "bytes", "object"):
            with self.subTest(kind):
                answer = self.ask("/file", query="200000,,," + kind)
                self.assertEqual([], answer.files)
                self.assertEqual(applications.CONTENT[:200000], answer.body)
        self.assertEqual("500 Internal Server Error", self.ask("/file", query="200000,,,text").status)

    def test_a_wrapped_file_can_be_iterated(self):
        self.assertEqual(applications.CONTENT[:10000].upper(), self.ask("/file-middleware").body)


class SyncTest(OfEveryKind, unittest.TestCase):
    kind = "sync"


class ThreadsTest(OfEveryKind, unittest.TestCase):
    kind = "gthread"
    settings = {"threads": 4}


@unittest.skipUnless(traffic.has("gevent"), "gevent is not installed here")
class GreenletsTest(OfEveryKind, unittest.TestCase):
    kind = "gevent"


@unittest.skipUnless(traffic.has("eventlet"), "eventlet is not installed here")
class GreenThreadsTest(OfEveryKind, unittest.TestCase):
    kind = "eventlet"


if __name__ == "__main__":
    unittest.main()
