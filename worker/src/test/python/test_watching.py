"""What is changed while a worker serves is seen."""

import importlib
import importlib.machinery
import os
import pathlib
import sys
import tempfile
import unittest
from unittest import mock

import traffic

sys.path.insert(0, str(traffic.SIDE.parent))

from fairlead_worker import watching


SERVING = """
def application(environ, start_response):
    start_response("200 OK", [])
    return [b"served"]
"""


class WatchingTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = pathlib.Path(folder.name, "template")
        self.file.write_text("one")
        self.watch = watching.Watch([str(self.file)])

    def change(self, file=None):
        file = file or self.file
        later = file.stat().st_mtime_ns + 1
        os.utime(file, ns=(later, later))

    def test_a_change_right_behind_the_start_is_seen(self):
        with mock.patch("threading.Thread"):
            self.watch.start(1)
        self.change()
        self.assertEqual([str(self.file)], self.watch.look())

    def test_a_change_behind_the_import_is_told_at_the_start(self):
        module = self.file.with_name("imported_once.py")
        module.write_text("WORD = 1")
        with (
            mock.patch.object(importlib.machinery.SourceFileLoader, "path_stats", importlib.machinery.SourceFileLoader.path_stats),
            mock.patch.object(sys, "path", [str(module.parent)]),
            mock.patch.dict(sys.modules),
            mock.patch("threading.Thread"),
            mock.patch("fairlead_worker.control.report") as report,
        ):
            self.watch.follow_imports()
            importlib.import_module("imported_once")
            self.change(module)
            self.watch.start(1)
            report.assert_called_once_with("changed", 1, str(module), module.stat().st_mtime_ns)

    def test_a_change_behind_a_preloaded_import_is_told_by_the_first_worker(self):
        for preload in ("true", "false"):
            with self.subTest(preload=preload), tempfile.TemporaryDirectory() as folder:
                module = pathlib.Path(folder, "watched.py")
                module.write_text(SERVING)
                template = pathlib.Path(folder, "template")
                template.write_text("one")
                settings = {"gunicorn.reload": "true", "gunicorn.reload_extra_files": str(template)}
                service = traffic.Service(
                    "sync", workers=0, preload=preload, directory=folder, target="watched:application", **settings
                )
                self.addCleanup(service.close)
                if preload == "true":
                    self.change(module)
                self.change(template)
                service.fork(1)
                told = {fields[2] for fields in service.passed_over if fields[0] == "changed"}
                self.assertEqual({str(module), str(template)} if preload == "true" else {str(template)}, told)

    def test_a_preloaded_application_that_is_broken_is_shown_and_watched(self):
        with tempfile.TemporaryDirectory() as folder:
            module = pathlib.Path(folder, "watched.py")
            module.write_text("unknown")
            settings = {"gunicorn.reload": "true", "preload": "true", "directory": folder}
            service = traffic.Service("sync", target="watched:application", **settings)
            self.addCleanup(service.close)
            self.assertIn(b"NameError: name 'unknown' is not defined", service.connection.ask("/").body)
            self.change(module)
            self.assertEqual(str(module), service.expect_report("changed")[2])

    def test_a_change_is_told_once(self):
        self.watch.look()
        self.change()
        self.assertEqual([str(self.file)], self.watch.look())
        self.assertEqual([], self.watch.look())


if __name__ == "__main__":
    unittest.main()
