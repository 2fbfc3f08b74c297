"""What is changed while a worker serves is seen."""

import os
import pathlib
import sys
import tempfile
import unittest
from unittest import mock

import traffic

sys.path.insert(0, str(traffic.SIDE.parent))

from fairlead_worker import watching


class WatchingTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = pathlib.Path(folder.name, "template")
        self.file.write_text("one")
        self.watch = watching.Watch(1, [str(self.file)])

    def change(self):
        later = self.file.stat().st_mtime_ns + 1
        os.utime(self.file, ns=(later, later))

    def test_a_change_right_behind_the_start_is_seen(self):
        with mock.patch("threading.Thread"):
            self.watch.start()
        self.change()
        self.assertEqual([str(self.file)], self.watch.look())

    def test_a_change_is_told_once(self):
        self.watch.look()
        self.change()
        self.assertEqual([str(self.file)], self.watch.look())
        self.assertEqual([], self.watch.look())


if __name__ == "__main__":
    unittest.main()
