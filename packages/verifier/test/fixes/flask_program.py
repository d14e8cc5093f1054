# Starts one program of the pages, which has a Flask app: `python flask_program.py PROGRAM PORT`.
import importlib.util
import logging
import sys

from werkzeug.serving import make_server

# What is logged of requests is nothing that a test reads.
logging.getLogger('werkzeug').setLevel(logging.CRITICAL)
spec = importlib.util.spec_from_file_location('program', sys.argv[1])
program = importlib.util.module_from_spec(spec)
spec.loader.exec_module(program)
make_server('127.0.0.1', int(sys.argv[2]), program.app, threaded=True).serve_forever()
