"""What holds for every file of the workers' side."""

import ast
import sys
import unittest

import traffic

# Used only where an application brings them.
OPTIONAL = {"eventlet", "gevent", "geventwebsocket", "gunicorn", "paste", "setproctitle", "uvloop"}


class SourcesTest(unittest.TestCase):
    def trees(self):
        files = sorted(traffic.SIDE.glob("*.py"))
        self.assertGreater(len(files), 10)
        for file in files:
            yield file.name, ast.parse(file.read_text("utf-8"), str(file), feature_version=(3, 9))

    def test_the_oldest_python_that_is_promised_can_read_it(self):
        for name, tree in self.trees():
            with self.subTest(name):
                self.assertFalse([node for node in ast.walk(tree) if type(node).__name__ in ("Match", "TryStar")])

    @unittest.skipUnless(hasattr(sys, "stdlib_module_names"), "this Python cannot tell its own modules")
    def test_nothing_beyond_the_standard_library_is_needed(self):
        known = sys.stdlib_module_names | {"fairlead_worker"} | OPTIONAL
        for name, tree in self.trees():
            for node in ast.walk(tree):
                found = []
                if isinstance(node, ast.Import):
                    found = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom):
                    found = [node.module]
                for module in found:
                    self.assertIn(module.partition(".")[0], known, name)


if __name__ == "__main__":
    unittest.main()
