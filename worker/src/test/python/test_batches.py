"""When answers of workers of kind sync wait for others that are sent with them."""

import sys
import unittest

import traffic

sys.path.insert(0, str(traffic.SIDE.parent))

from fairlead_worker import channel, kind_sync


class Sent:
    """A door that keeps what is sent."""

    def __init__(self):
        self.pieces = []

    def send(self, data):
        self.pieces.append(data)


class BatchesTest(unittest.TestCase):
    def setUp(self):
        self.door = Sent()
        self.link = kind_sync.Link(self.door)
        self.link.waiting.append((channel.REQUEST, 1, b""))

    def end(self, is_late, times=1):
        for _ in range(times):
            self.link.answer_early(b".")
            self.link.ended_late(is_late)

    def is_held(self):
        self.link.flush()
        self.door.pieces.clear()
        self.link.answer_early(b"x")
        return not self.door.pieces

    def test_answers_wait_while_there_are_requests(self):
        self.assertTrue(self.is_held())
        self.link.waiting.clear()
        self.assertFalse(self.is_held())

    def test_what_waited_is_sent_together(self):
        self.link.answer(b"a")
        self.link.answer_early(b"b")
        self.link.flush()
        self.assertEqual([b"ab"], self.door.pieces)

    def test_a_single_late_end_is_no_proof(self):
        self.end(is_late=True)
        self.assertTrue(self.is_held())

    def test_an_application_that_is_often_late_has_its_answers_sent_at_once(self):
        for _ in range(3):
            self.end(is_late=True)
            self.end(is_late=False, times=kind_sync.LINGERED // 2)
        self.assertFalse(self.is_held())

    def test_an_application_that_is_no_longer_late_is_forgiven(self):
        self.end(is_late=True, times=1000)
        self.assertFalse(self.is_held())
        self.end(is_late=False, times=kind_sync.MOST_LINGERED)
        self.assertTrue(self.is_held())


if __name__ == "__main__":
    unittest.main()
