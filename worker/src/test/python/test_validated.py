"""The standard library's own judge of WSGI, wsgiref.validate, between the workers and a set of applications."""

import unittest

import traffic
import validated


class Validated:
    kind = ""

    @classmethod
    def setUpClass(cls):
        cls.service = traffic.Service(cls.kind, target="validated:application", threads=2)

    @classmethod
    def tearDownClass(cls):
        cls.service.close()

    def test_nothing_is_found_fault_with(self):
        ask = self.service.connection.ask
        for path, expected in validated.EXPECTED.items():
            for method in ("GET", "HEAD", "POST"):
                with self.subTest(path=path, method=method):
                    variables = {"method": method, "HTTP_X_METHOD": method}
                    if method == "POST":
                        variables.update(body=b"a=1\nb=2\n", CONTENT_LENGTH="8", CONTENT_TYPE="text/plain")
                    answer = ask(path, **variables)
                    self.assertEqual("200 OK", answer.status, answer.body)
                    self.assertEqual(expected, answer.body)
        self.assertEqual(b"", ask("/complaints").body)


class SyncTest(Validated, unittest.TestCase):
    kind = "sync"


class ThreadsTest(Validated, unittest.TestCase):
    kind = "gthread"


@unittest.skipUnless(traffic.has("gevent"), "gevent is not installed here")
class GreenletsTest(Validated, unittest.TestCase):
    kind = "gevent"


@unittest.skipUnless(traffic.has("eventlet"), "eventlet is not installed here")
class GreenThreadsTest(Validated, unittest.TestCase):
    kind = "eventlet"


if __name__ == "__main__":
    unittest.main()
