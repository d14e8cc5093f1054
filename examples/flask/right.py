"""The same service, mended by the pages that report.txt names; each change says which."""
import json
import re
import sqlite3
from pathlib import Path
from threading import Lock
from time import time
from uuid import uuid4

from flask import Flask, abort, jsonify, request
from werkzeug.exceptions import HTTPException, InternalServerError

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1_000_000
db = sqlite3.connect(":memory:", check_same_thread=False)
db.row_factory = sqlite3.Row
db.execute("CREATE TABLE members (id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL)")
db.execute("CREATE TABLE bookings (id TEXT PRIMARY KEY, course TEXT NOT NULL, places INTEGER NOT NULL)")
# key-ignored: the record of a key lies beside the rows, so that one transaction holds both.
db.execute("CREATE TABLE records (key TEXT PRIMARY KEY, request TEXT NOT NULL, answer TEXT NOT NULL, at REAL)")
lock = Lock()  # one connection, many threads
REMEMBERED = 24 * 60 * 60  # seconds, as the document says


@app.get("/openapi.json")
def document():
    return json.loads(Path(__file__).with_name("openapi.json").read_text())


@app.post("/members")
def create_member():
    return create("members", {"email": is_email, "name": is_text})


@app.post("/bookings")
def create_booking():
    return create("bookings", {"course": is_text, "places": is_places})


def create(table, rules):
    body = read_json()
    key = read_key()
    fingerprint = json.dumps(body, sort_keys=True)  # record-without-answer: the order of members means nothing
    with lock, db:
        if key:
            db.execute("DELETE FROM records WHERE at < ?", [time() - REMEMBERED])
            known = db.execute("SELECT * FROM records WHERE key = ?", [f"{table} {key}"]).fetchone()
            if known and known["request"] != fingerprint:
                refuse(422, "The key was used with another body")
            if known:
                return answer(table, json.loads(known["answer"]), {"Idempotent-Replayed": "true"})
        errors = errors_of(body, rules)  # written-too-early: everything that can refuse comes before the row
        if errors:
            refuse(400, "The input is not valid", errors)
        row = {"id": str(uuid4()), **body}
        try:
            db.execute(f"INSERT INTO {table} VALUES ({', '.join(':' + name for name in ['id', *rules])})", row)
        except sqlite3.IntegrityError as error:
            # unique-violation-uncaught: the index decides, and says which member it was.
            if "UNIQUE constraint failed: members.email" not in str(error):
                raise
            refuse(409, "There is such a member", [{"pointer": "/email", "detail": "is taken"}])
        if key:
            db.execute("INSERT INTO records VALUES (?, ?, ?, ?)", [f"{table} {key}", fingerprint, json.dumps(row), time()])
    return answer(table, row)


def answer(table, row, headers={}):
    return row, 201, {"Location": f"/{table}/{row['id']}", **headers}  # default-answer


def read_json():
    """lenient-parser: UTF-8, no name twice, and nothing that JSON does not have."""
    if request.mimetype != "application/json":
        refuse(415, "Send application/json", headers={"Accept-Post": "application/json"})
    try:
        return json.loads(request.get_data().decode("utf-8"), object_pairs_hook=unique, parse_constant=not_json)
    except ValueError:
        refuse(400, "The body is no valid JSON")


def unique(pairs):
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a name is there twice")
    return dict(pairs)


def not_json(name):
    raise ValueError(f"{name} is no JSON")


def read_key():
    """key-taken-as-it-comes: one key, bare or as an RFC 9651 string; both spellings are the same key."""
    line = request.headers.get("Idempotency-Key")
    if line is None:
        return None
    found = re.fullmatch(r'"([!#-+\--:<-[\]-~]{1,255})"|([!#-+\--:<-[\]-~]{1,255})', line)
    if not found:
        refuse(400, "Idempotency-Key is one key of 1 to 255 characters")
    return found[1] or found[2]


def errors_of(body, rules):
    """input-unchecked, one-fault-at-a-time, whole-body-stored: all faults at once, and no member that is unknown."""
    if not isinstance(body, dict):
        return [{"pointer": "", "detail": "is no object"}]
    wrong = [{"pointer": f"/{name}", "detail": "is missing or not valid"} for name, holds in rules.items() if not holds(body.get(name))]
    return wrong + [{"pointer": f"/{name}", "detail": "is unknown"} for name in body if name not in rules]


def is_text(value):
    return isinstance(value, str) and 1 <= len(value) <= 200


def is_email(value):
    return is_text(value) and re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value) is not None


def is_places(value):
    return type(value) is int and 1 <= value <= 20


def refuse(status, title, errors=None, headers={}):
    problem = {"title": title, "status": status, **({"errors": errors} if errors else {})}
    response = app.response_class(json.dumps(problem), status, {**headers, "Content-Type": "application/problem+json"})
    abort(response)


@app.errorhandler(Exception)
def failed(error):
    """errors-as-500: one form for all errors, and no stack outside of the log."""
    if isinstance(error, HTTPException) and error.response is not None:
        return error.response
    if not isinstance(error, HTTPException):
        app.logger.exception(error)
        error = InternalServerError()
    response = error.get_response()  # with the headers that belong to the status, such as Allow
    response.data = json.dumps({"title": error.name, "status": error.code})
    response.content_type = "application/problem+json"
    return response


@app.get("/members", defaults={"table": "members"})
@app.get("/bookings", defaults={"table": "bookings"})
def list_all(table):
    with lock:
        return jsonify([dict(row) for row in db.execute(f"SELECT * FROM {table}")])


@app.get("/members/<id>", defaults={"table": "members"})
@app.get("/bookings/<id>", defaults={"table": "bookings"})
def read_one(table, id):
    with lock:
        row = db.execute(f"SELECT * FROM {table} WHERE id = ?", [id]).fetchone()
    return dict(row) if row else abort(404)


@app.delete("/members/<id>", defaults={"table": "members"})
@app.delete("/bookings/<id>", defaults={"table": "bookings"})
def delete_one(table, id):
    with lock, db:
        deleted = db.execute(f"DELETE FROM {table} WHERE id = ?", [id]).rowcount
    return ("", 204) if deleted else abort(404)
