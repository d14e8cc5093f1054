# Starts programs of the pages, each of which has a Flask app, on free ports of the loopback interface. Reads the path
# of a program from each line of its input, and answers each with a line of JSON.
import importlib.util
import json
import logging
import sys
import threading
import traceback

from werkzeug.serving import make_server

# What is logged of requests is nothing that a test reads.
logging.getLogger('werkzeug').setLevel(logging.CRITICAL)
answers, sys.stdout = sys.stdout, sys.stderr

for number, line in enumerate(sys.stdin):
    try:
        spec = importlib.util.spec_from_file_location(f'program{number}', line.strip())
        program = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(program)
        server = make_server('127.0.0.1', 0, program.app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        reply = {'port': server.server_port}
    except BaseException:
        reply = {'error': traceback.format_exc()}
    print(json.dumps(reply), file=answers, flush=True)
