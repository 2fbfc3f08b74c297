"""Requests in greenlets, and in the green threads of eventlet."""

import importlib.util
import json
import os
import pathlib
import signal
import unittest

import traffic
import tunnels
from tunnels import TEXT

GEVENT_WEBSOCKET = "geventwebsocket.gunicorn.workers.GeventWebSocketWorker"
HANDSHAKE = {
    "HTTP_UPGRADE": "websocket",
    "HTTP_CONNECTION": "Upgrade",
    "HTTP_SEC_WEBSOCKET_VERSION": "13",
    "HTTP_SEC_WEBSOCKET_KEY": "dGhlIHNhbXBsZSBub25jZQ==",
}


class Started(unittest.TestCase):
    kind = "gevent"

    def setUp(self):
        if importlib.util.find_spec(self.kind) is None:
            self.skipTest("there is no " + self.kind)

    def start(self, **settings):
        folder = str(pathlib.Path(__file__).parent)
        target = self.kind + "_applications:application"
        service = traffic.Service(self.kind, target=target, directory=folder, **settings)
        self.addCleanup(service.close)
        return service


class RequestsTest(Started):
    def test_everything_is_patched_before_the_application_is_imported(self):
        for preload in ("false", "true"):
            connection = self.start(preload=preload).connection
            self.assertEqual([True] * 6, json.loads(connection.ask("/patched").body))
            self.assertEqual(b"hello", connection.ask("/talk").body)

    def test_a_thousand_requests_wait_together(self):
        connection = self.start().connection
        exchanges = [connection.begin(path="/together", query="1000") for _ in range(1000)]
        for exchange in exchanges:
            self.assertEqual(b"together", exchange.answer().body)

    def test_a_request_that_waits_for_its_body_holds_up_nobody(self):
        connection = self.start().connection
        waiting = [connection.begin(b"a", traffic.MORE_BODY, path="/read") for _ in range(10)]
        self.assertEqual(b"hello", connection.ask("/talk").body)
        for exchange in waiting:
            self.assertEqual(b"abc", exchange.answer([b"b", b"c"]).body)

    def test_deaths_are_reported_where_the_application_is_preloaded(self):
        service = self.start(preload="true", workers=2)
        os.kill(service.pids[1], signal.SIGKILL)
        self.assertEqual(["2", str(service.pids[1]), "signal", "9"], service.expect_report("exited")[1:])
        os.kill(service.pids[0], signal.SIGTERM)
        self.assertEqual(["1", str(service.pids[0]), "exit", "0"], service.expect_report("exited")[1:])

    def test_requests_are_finished_before_the_end(self):
        service = self.start()
        exchanges = [service.connection.begin(path="/together", query="11") for _ in range(10)]
        # Whoever is answered came behind the others.
        self.assertEqual(b"hello", service.connection.ask("/talk").body)
        os.kill(service.pids[0], signal.SIGTERM)
        exchanges.append(service.connection.begin(path="/together", query="11"))
        for exchange in exchanges:
            self.assertEqual(b"together", exchange.answer().body)
        self.assertEqual(["exit", "0"], service.expect_report("exited")[3:])


class Opened(Started):
    def open(self, service, path, **more):
        variables = {**HANDSHAKE, "HTTP_SEC_WEBSOCKET_PROTOCOL": "a, b", **more}
        exchange = service.connection.begin(b"", 2, method="GET", path=path, **variables)
        found = tunnels.WebSocket(service, exchange)
        self.addCleanup(found.close)
        return found


class SocketsTest(Opened):
    def test_libraries_find_the_connection(self):
        socket = self.open(self.start(), "/raw")
        socket.socket.sendall(b"one")
        self.assertEqual(b"one", socket.exactly(3))
        socket.socket.sendall(b"bye")
        self.assertEqual(b"so long", socket.file.read())
        self.assertEqual(traffic.END, socket.end()[0])

    def test_a_connection_that_is_not_used_is_nothing(self):
        service = self.start()
        exchange = service.connection.begin(b"", 2, method="GET", path="/unused", **HANDSHAKE)
        self.assertEqual(b"plain", exchange.answer().body)


class GeventWebSocketTest(Opened):
    @unittest.skipUnless(importlib.util.find_spec("geventwebsocket"), "there is no gevent-websocket")
    def test_gevent_websocket_finds_its_own(self):
        service = self.start(**{"gunicorn.worker_class": GEVENT_WEBSOCKET})
        socket = self.open(service, "/geventwebsocket")
        self.assertEqual(
            [
                b"HTTP/1.1 101 Switching Protocols",
                b"Upgrade: websocket",
                b"Connection: Upgrade",
                b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            ],
            socket.head,
        )
        socket.send(TEXT, "für alle".encode())
        self.assertEqual((TEXT, "für alle".encode()), socket.frame())
        socket.send(TEXT, b"return")
        self.assertEqual(None, socket.closing())
        self.assertEqual(b"", socket.file.read())
        self.assertEqual(traffic.END, socket.end()[0])

    @unittest.skipUnless(importlib.util.find_spec("geventwebsocket"), "there is no gevent-websocket")
    def test_gevent_websocket_knows_the_others(self):
        service = self.start(**{"gunicorn.worker_class": GEVENT_WEBSOCKET})
        first = self.open(service, "/geventwebsocket", REMOTE_PORT="0")
        second = self.open(service, "/clients", REMOTE_PORT="0")
        hello = f"hello from {service.pids[0]}".encode()
        for socket in (first, second):
            self.assertEqual((TEXT, hello), socket.frame())
            self.assertEqual(traffic.END, socket.end()[0])


class EventletTest(RequestsTest):
    kind = "eventlet"


class EventletSocketsTest(SocketsTest):
    kind = "eventlet"

    def test_eventlets_own_finds_the_connection(self):
        socket = self.open(self.start(), "/eventlet")
        self.assertEqual(b"HTTP/1.1 101 Switching Protocols", socket.head[0])
        socket.send(TEXT, "für alle".encode())
        self.assertEqual((TEXT, "für alle".encode()), socket.frame())
        socket.send(TEXT, b"return")
        socket.closing()
        self.assertEqual(b"", socket.file.read())
        self.assertEqual(traffic.END, socket.end()[0])


if __name__ == "__main__":
    unittest.main()
