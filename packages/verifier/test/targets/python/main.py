"""Starts the service on a free port: python main.py '{"host": ..., "words": ..., "keys": ..., "fault": ...}'."""

import json
import logging
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from faults import FAULTS
from service import Service

options = json.loads(sys.argv[1])
port = 0
replaced = FAULTS[options["fault"]] if options.get("fault") else {}
service = type("Faulty", (Service,), replaced)(options["words"], options["keys"], lambda: f"http://127.0.0.1:{port}")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and content leave in one packet, not in two of which the second waits for an acknowledgement.
    wbufsize = -1

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        lines = self.headers.get_all("Idempotency-Key") or []
        headers = {name.lower(): value for name, value in self.headers.items()}
        status, fields, content = service.handle(self.command, self.path, headers, lines, body)
        self.send_response(status)
        for name, value in fields:
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer

    def log_message(self, *_):
        pass


def flask_app():
    from flask import Flask, Response, request

    app = Flask(__name__)

    @app.route("/", defaults={"path": ""}, methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    @app.route("/<path:path>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    def everything(path):
        headers = {name.lower(): value for name, value in request.headers.items()}
        lines = headers.get("idempotency-key")
        # WSGI joins repeated lines with a comma; no key that is allowed holds one.
        lines = [] if lines is None else lines.split(",")
        status, fields, content = service.handle(request.method, request.path, headers, lines, request.get_data())
        answer = Response(content, status=status, headers=fields)
        answer.autocorrect_location_header = False
        return answer

    return app


if options["host"] == "flask":
    from werkzeug.serving import WSGIRequestHandler, make_server

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    WSGIRequestHandler.protocol_version = "HTTP/1.1"
    server = make_server("127.0.0.1", 0, flask_app(), threaded=True)
else:
    ThreadingHTTPServer.request_queue_size = 128
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
port = server.server_address[1]
print(port, flush=True)
server.serve_forever()
