"""WebSockets of ASGI applications."""

import json
import os
import signal
import time
import unittest

import asgi_traffic
import traffic
import tunnels
from test_asgi_http import AsgiTest
from tunnels import BINARY, CLOSE, PING, PONG, TEXT


def resident(pid):
    """Kilobytes of memory."""
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS:"))


class HandshakeTest(AsgiTest):
    def test_it_is_answered_without_extensions(self):
        socket = self.start().open("/echo", subprotocols=["a", "b"], extensions=[b"permessage-deflate"])
        self.assertEqual(
            [
                b"HTTP/1.1 101 Switching Protocols",
                b"Upgrade: websocket",
                b"Connection: Upgrade",
                b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                b"Sec-WebSocket-Protocol: b",
                b"x-a: b",
            ],
            socket.head,
        )

    def test_unsound_ones_do_not_reach_the_application(self):
        asgi = self.start()
        for more, status in (
            ({"version": b"8"}, "426 Upgrade Required"),
            ({"key": b"short"}, "400 Bad Request"),
            ({"key": b"!!!"}, "400 Bad Request"),
            ({"key": []}, "400 Bad Request"),
            ({"key": [asgi_traffic.KEY] * 2}, "400 Bad Request"),
        ):
            answer = asgi.begin_socket("/broken", **more).answer()
            self.assertEqual(status, answer.status)
            if "version" in more:
                self.assertEqual("13", answer.header("Sec-WebSocket-Version"))

    def test_a_refusal_is_forbidden(self):
        asgi = self.start()
        self.assertEqual("403 Forbidden", asgi.begin_socket("/refuse").answer().status)
        self.assertEqual([["websocket.disconnect", 1006]], self.told(asgi, [["websocket.disconnect", 1006]]))

    def test_a_refusal_can_be_an_answer(self):
        asgi = self.start()
        answer = asgi.begin_socket("/deny").answer()
        self.assertEqual(("401 Unauthorized", b"who are you?"), (answer.status, answer.body))
        self.assertEqual("Basic", answer.header("WWW-Authenticate"))
        self.assertEqual([["websocket.disconnect", 1006]], self.told(asgi, [["websocket.disconnect", 1006]]))
        self.assertIsNotNone(asgi.begin_socket("/half-deny").answer().broken)

    def test_an_application_without_an_answer_has_failed(self):
        asgi = self.start()
        for path in ("/silent", "/broken"):
            self.assertEqual("500 Internal Server Error", asgi.begin_socket(path).answer().status)


class MessagesTest(AsgiTest):
    def setUp(self):
        self.asgi = self.start()
        self.socket = self.asgi.open("/echo")

    def test_text_and_bytes_of_all_lengths_come_back(self):
        for size in (0, 1, 125, 126, 65535, 65536, 1_000_000):
            self.socket.send(TEXT, b"t" * size)
            self.assertEqual((TEXT, b"t" * size), self.socket.frame())
            content = os.urandom(size)
            self.socket.send(BINARY, content)
            self.assertEqual((BINARY, content), self.socket.frame())

    def test_messages_in_pieces_are_put_together(self):
        text = "für alle €".encode()
        stream = tunnels.frame(TEXT, b"", is_last=False)
        for at in range(len(text)):
            stream += tunnels.frame(0, text[at:at + 1], is_last=False) + tunnels.frame(PING, b"p")
        stream += tunnels.frame(0)
        for step in (1, 7, len(stream)):
            for at in range(0, len(stream), step):
                self.socket.socket.sendall(stream[at:at + step])
            for _ in text:
                self.assertEqual((PONG, b"p"), self.socket.frame())
            self.assertEqual((TEXT, text), self.socket.frame())

    def test_a_message_may_come_in_a_great_many_pieces(self):
        self.socket.socket.sendall(
            tunnels.frame(BINARY, b"x", is_last=False) + tunnels.frame(0, b"x", is_last=False) * 99_998
            + tunnels.frame(0, b"x")
        )
        self.assertEqual((BINARY, b"x" * 100_000), self.socket.frame())

    def test_a_pong_that_nobody_asked_for_is_nothing(self):
        self.socket.send(PONG, b"x")
        self.socket.send(TEXT, b"x")
        self.assertEqual((TEXT, b"x"), self.socket.frame())

    def broken(self, code, *frames):
        self.socket.socket.sendall(b"".join(frames))
        found = self.socket.closing()
        self.assertEqual(code, found[0])
        self.assertEqual(b"", self.socket.file.read())
        self.assertEqual(traffic.END, self.socket.end()[0])
        self.assertEqual([list(found)], self.told(self.asgi, [list(found)]))

    def test_a_message_that_is_too_long(self):
        self.broken(1009, b"\x82\xff" + (17 << 20).to_bytes(8, "big") + b"mask")

    def test_a_message_whose_pieces_are_too_long(self):
        piece = tunnels.frame(0, b"x" * (1 << 20), is_last=False)
        self.broken(1009, tunnels.frame(BINARY, b"", is_last=False), *[piece] * 16, piece[:14])

    def test_text_that_is_none(self):
        self.broken(1007, tunnels.frame(TEXT, b"\xff"))

    def test_a_frame_that_is_not_masked(self):
        self.broken(1002, tunnels.frame(TEXT, b"x", is_masked=False))

    def test_reserved_bits(self):
        self.broken(1002, tunnels.frame(TEXT, b"x", reserved=0x40))

    def test_an_unknown_kind(self):
        self.broken(1002, tunnels.frame(3, b"x"))

    def test_a_control_frame_in_pieces(self):
        self.broken(1002, tunnels.frame(PING, b"x", is_last=False))

    def test_a_control_frame_that_is_too_long(self):
        self.broken(1002, tunnels.frame(PING, b"x" * 126))

    def test_a_piece_of_nothing(self):
        self.broken(1002, tunnels.frame(0, b"x"))

    def test_a_message_within_another(self):
        self.broken(1002, tunnels.frame(TEXT, b"x", is_last=False), tunnels.frame(TEXT, b"y"))

    def test_a_close_with_half_a_code(self):
        self.broken(1002, tunnels.frame(CLOSE, b"\x03"))

    def test_a_close_with_a_code_that_is_none(self):
        self.broken(1002, tunnels.frame(CLOSE, b"\x03\xed"))


class EndsTest(AsgiTest):
    def setUp(self):
        self.asgi = self.start()

    def test_the_client_closes(self):
        socket = self.asgi.open("/echo")
        socket.send(TEXT, b"last")
        self.assertEqual((TEXT, b"last"), socket.frame())
        socket.say_close(4321, "tschüß")
        self.assertEqual((4321, ""), socket.closing())
        self.assertEqual(b"", socket.file.read())
        self.assertEqual(traffic.END, socket.end()[0])
        self.assertEqual([[4321, "tschüß"]], self.told(self.asgi, [[4321, "tschüß"]]))

    def test_the_client_closes_without_a_code(self):
        socket = self.asgi.open("/echo")
        socket.send(CLOSE)
        self.assertEqual(None, socket.closing())
        self.assertEqual(traffic.END, socket.end()[0])
        self.assertEqual([[1005, ""]], self.told(self.asgi, [[1005, ""]]))

    def test_the_client_is_lost(self):
        socket = self.asgi.open("/echo")
        self.assertEqual(traffic.END, socket.end()[0])
        self.assertEqual([[1006, ""]], self.told(self.asgi, [[1006, ""]]))

    def test_the_application_closes(self):
        socket = self.asgi.open("/echo")
        socket.send(TEXT, b"close 4000 " + "ä".encode() * 100)
        self.assertEqual((4000, "ä" * 61), socket.closing())
        # What the client said meanwhile is of no interest; its own last frame is.
        socket.send(TEXT, b"meanwhile")
        socket.say_close(4000)
        self.assertEqual(b"", socket.file.read())
        self.assertEqual(traffic.END, socket.end()[0])

    def test_the_application_returns(self):
        socket = self.asgi.open("/return")
        self.assertEqual((1000, ""), socket.closing())
        socket.say_close(1000)
        self.assertEqual(traffic.END, socket.end()[0])

    def test_the_application_fails(self):
        socket = self.asgi.open("/broken-late")
        socket.send(TEXT, b"x")
        self.assertEqual((1011, ""), socket.closing())
        socket.say_close(1011)
        self.assertEqual(traffic.END, socket.end()[0])

    def test_the_client_gives_up_before_the_handshake(self):
        exchange = self.asgi.begin_socket("/echo")
        exchange.send(traffic.CANCEL)
        self.assertEqual(traffic.END, exchange.frame()[0])

    def test_the_worker_ends(self):
        sockets = [self.asgi.open("/echo") for _ in range(20)]
        os.kill(self.asgi.pid, signal.SIGTERM)
        for socket in sockets:
            self.assertEqual((1012, ""), socket.closing())
            socket.say_close(1012)
            self.assertEqual(traffic.END, socket.end()[0])
        self.assertEqual(["exit", "0"], self.asgi.service.expect_report("exited")[3:])


class PressureTest(AsgiTest):
    def setUp(self):
        self.asgi = self.start()
        self.asgi.ask("/hello")
        self.before = resident(self.asgi.pid)

    def test_a_client_that_does_not_read_stops_the_application(self):
        socket = self.asgi.open("/flood")
        sent = -1
        for _ in range(20):
            found = json.loads(self.asgi.ask("/tell").body)[0]
            if found == sent:
                break
            sent = found
        self.assertLess(sent, 8 << 20)
        self.assertLess(resident(self.asgi.pid) - self.before, 8 << 10)
        self.assertEqual(BINARY, socket.frame()[0])
        self.assertEqual(traffic.END, socket.end()[0])
        end = time.monotonic() + traffic.PATIENCE
        found = []
        while len(found) < 3 and time.monotonic() < end:
            found = json.loads(self.asgi.ask("/tell").body)
        self.assertEqual(["Disconnected", ["websocket.disconnect", 1006]], found[1:])

    def fill(self, socket, data, most):
        """Sends as long as somebody takes it; how much that was."""
        socket.socket.settimeout(0.5)
        sent = 0
        try:
            while sent < most:
                sent += socket.socket.send(data[sent % len(data):])
        except OSError:
            pass
        socket.socket.settimeout(traffic.PATIENCE)
        return sent

    def drowned(self, data):
        socket = self.asgi.open("/deaf")
        sent = self.fill(socket, data, 64 << 20)
        self.assertLess(sent, 8 << 20)
        self.assertLess(resident(self.asgi.pid) - self.before, 16 << 10)
        self.asgi.ask("/listen")
        rest = data[sent % len(data):] if sent % len(data) else b""
        socket.socket.sendall(rest)
        socket.say_close(1000)
        self.assertEqual((1000, ""), socket.closing())
        self.assertEqual(traffic.END, socket.end()[0])
        return (sent + len(rest)) // len(data)

    def test_an_application_that_does_not_read_stops_the_client(self):
        content = b"y" * 100_000
        count = self.drowned(tunnels.frame(BINARY, content))
        self.assertEqual([count, count * len(content), 1000], self.told(self.asgi, [count, count * len(content), 1000]))

    def test_messages_of_nothing_stop_it_as_well(self):
        many = tunnels.frame(TEXT) * 10_000
        count = self.drowned(many) * 10_000
        self.assertEqual([count, 0, 1000], self.told(self.asgi, [count, 0, 1000]))


if __name__ == "__main__":
    unittest.main()
