"""Finds the application that `MODULE`, `MODULE:NAME` or `MODULE:factory(ARGUMENTS)` names, as gunicorn does."""

import ast
import importlib
import os
import sys
import traceback

# How a target begins that is a file of PasteDeploy's.
PASTE = "paste:"
VARIABLES = "gunicorn.raw_paste_global_conf"


class NotLoaded(Exception):
    """The application cannot be found where its name says; the message is for people."""

    stage = "start"
    trace = ""


class NotStarted(Exception):
    """The application was loaded and says that it cannot start.

    :param trace: what it says besides, as lines
    """

    stage = "lifespan"

    def __init__(self, message, trace):
        super().__init__(message)
        self.trace = trace


def prepare(directory, python_path):
    """Makes the application's folder the working directory and the first place of modules."""
    if directory:
        os.chdir(directory)
    for folder in [*reversed(python_path), directory or os.getcwd()]:
        if folder not in sys.path:
            sys.path.insert(0, folder)


def load(target, default="application", variables=()):
    """
    :param variables: `NAME=VALUE`, for a PasteDeploy file
    """
    if target.startswith(PASTE):
        return deployed(target[len(PASTE):], dict(pair.partition("=")[::2] for pair in variables))
    module_name, colon, expression = target.partition(":")
    if not colon:
        expression = default
    try:
        module = importlib.import_module(module_name)
    except ImportError:
        if module_name.endswith(".py") and os.path.exists(module_name):
            raise NotLoaded(f"{module_name} is a file; did you mean {module_name[:-3]}:{expression}?") from None
        raise
    name, arguments, keywords = _parse(expression)
    try:
        application = getattr(module, name)
    except AttributeError:
        raise NotLoaded(f"there is no {name!r} in {module_name!r} ({getattr(module, '__file__', 'built in')})") from None
    if arguments is not None:
        application = application(*arguments, **keywords)
    if application is None:
        raise NotLoaded(f"{expression!r} in {module_name!r} is None")
    if not callable(application):
        raise NotLoaded(f"{expression!r} in {module_name!r} cannot be called, it is {type(application).__name__}")
    return application


def of(settings):
    return load(settings.text("target"), variables=list(filter(None, settings.text(VARIABLES).split(","))))


def deployed(path, variables):
    """The application of a PasteDeploy file; `FILE#NAME` for one that is not its main one."""
    try:
        from paste.deploy import loadapp
    except ImportError:
        raise NotLoaded("the module PasteDeploy is needed for --paste, and is not installed") from None
    if not os.path.exists(path.partition("#")[0]):
        raise NotLoaded(f"{path.partition('#')[0]!r} not found")
    return loadapp("config:" + path, relative_to=os.getcwd(), global_conf=variables)


def _parse(expression):
    """A name, and the arguments where it is a call of literals."""
    try:
        tree = ast.parse(expression, mode="eval").body
    except SyntaxError:
        raise NotLoaded(f"{expression!r} is neither a name nor a call") from None
    if isinstance(tree, ast.Name):
        return tree.id, None, None
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name):
        try:
            arguments = [ast.literal_eval(argument) for argument in tree.args]
            keywords = {keyword.arg: ast.literal_eval(keyword.value) for keyword in tree.keywords}
        except ValueError:
            raise NotLoaded(f"{expression!r} may only pass literals") from None
        return tree.func.id, arguments, keywords
    raise NotLoaded(f"{expression!r} is neither a name nor a call of a name")


def check(target, directory, python_path):
    """Loads the application and ends: with status 0, or 1 and the traceback on standard error."""
    try:
        prepare(directory, python_path)
        load(target)
    except NotLoaded as problem:
        sys.stderr.write(f"Error: {problem}\n")
        sys.exit(1)
    except BaseException:
        traceback.print_exc()
        sys.exit(1)
    sys.exit(0)
