"""A small API in Python: correct, but for the one decision that a fault (faults.py) makes otherwise."""

import datetime
import json
import re
import threading
import uuid

PROPERTIES = {
    "code": {"type": "string", "pattern": "^[A-Z]{3}-[0-9]{6}$"},
    "title": {"type": "string", "minLength": 1, "maxLength": 200},
    "price": {"type": "number", "minimum": 0, "maximum": 100000},
    "stock": {"type": "integer", "minimum": 0, "maximum": 10000},
    "note": {"type": "string", "maxLength": 1000},
}
REQUIRED = ["code", "title"]
TYPES = {"string": str, "integer": int, "number": (int, float)}


class Malformed(Exception):
    pass


def unique_members(pairs):
    if len({name for name, _ in pairs}) < len(pairs):
        raise Malformed
    return dict(pairs)


def no_constant(_name):
    raise Malformed


class Service:
    def __init__(self, words, keys, origin):
        self.words, self.keys, self.origin = words, keys, origin
        self.back = {shown: own for own, shown in words["members"].items()}
        self.rows, self.last, self.records = {}, 0, {}
        self.lock = threading.RLock()

    # Decisions, in the order in which a request meets them. Faults replace these.
    def takes_type(self, content_type):
        return content_type.split(";")[0].strip().lower() == "application/json"

    def parse(self, body):
        try:
            return json.loads(body.decode("utf-8"), object_pairs_hook=unique_members, parse_constant=no_constant)
        except (ValueError, Malformed) as error:
            raise Malformed from error

    def violations(self, value):
        if not isinstance(value, dict):
            return [("", "is no object")]
        found = [(name, "is missing") for name in REQUIRED if name not in value]
        for name, member in value.items():
            rule = PROPERTIES.get(name)
            if rule is None:
                found.append((name, "is unknown"))
            elif isinstance(member, bool) or not isinstance(member, TYPES[rule["type"]]):
                if not (rule["type"] == "integer" and isinstance(member, float) and member.is_integer()):
                    found.append((name, "has the wrong type"))
            elif isinstance(member, str):
                too_long = len(member) > rule.get("maxLength", 1e9)
                if too_long or len(member) < rule.get("minLength", 0):
                    found.append((name, "has the wrong length"))
                if "pattern" in rule and not re.search(rule["pattern"], member):
                    found.append((name, "has the wrong form"))
            elif not rule["minimum"] <= member <= rule["maximum"]:
                found.append((name, "is out of range"))
        return found

    def stores(self, value):
        return value

    def next_id(self):
        self.last += 1
        return str(uuid.uuid4()) if self.words["ids"] == "uuid" else self.last

    def find_duplicate(self, value):
        return next((row for row in self.rows.values() if row["code"] == value["code"]), None)

    def between(self):
        """What others may do between the look-up and the insert."""

    def location(self, row):
        return f"{self.collection()}/{row['id']}"

    def created_status(self):
        return 201

    def shows_created(self, row, _value):
        return row

    def refusal(self, status, title, more):
        return {"type": "about:blank", "title": title, "status": status, **more}

    def allow(self, methods):
        return [("Allow", ", ".join(methods))]

    def on_duplicate(self, existing, value):
        code = self.words["members"].get("code", "code")
        return self.refuse(409, "Conflict", {"detail": f"{code} {value['code']} is taken"})

    def read_key(self, lines):
        if len(lines) != 1:
            return None
        found = re.fullmatch(r'"([\w.-]{1,200})"|([\w.-]{1,200})', lines[0])
        return found and (found.group(1) or found.group(2))

    def fingerprint(self, body):
        try:
            return json.dumps(json.loads(body), sort_keys=True)
        except ValueError:
            return repr(body)

    def keeps(self, answer):
        return answer[0] < 400

    def replayed(self, answer):
        return answer

    def guard(self):
        """What keeps two requests with one key, or one natural key, apart."""
        return self.lock

    # The way of a request.
    def handle(self, method, path, headers, key_lines, body):
        path = path.split("?")[0]
        if path == "/openapi.json":
            return 200, [("Content-Type", "application/json")], json.dumps(self.document()).encode()
        collection = self.collection()
        item = path[len(collection) + 1 :] if path.startswith(collection + "/") else None
        if path != collection and not item:
            return self.refuse(404, "Not Found")
        methods = ["GET", "DELETE"] if item else ["GET", "POST"]
        if method not in methods:
            return self.refuse(405, "Method Not Allowed", {}, self.allow(methods))
        if item:
            return self.single(method, item)
        if method == "GET":
            return self.answer(200, [self.outward(row) for row in list(self.rows.values())])
        if not self.takes_type(headers.get("content-type", "")):
            return self.refuse(415, "Unsupported Media Type")
        if self.keys == "none" or (not key_lines and self.keys == "optional"):
            with self.guard():
                return self.create(body)
        if not key_lines:
            return self.refuse(400, "Idempotency-Key is missing")
        key = self.read_key(key_lines)
        if key is None:
            return self.refuse(400, "Idempotency-Key is invalid")
        with self.guard():
            return self.once(key, body)

    def once(self, key, body):
        known = self.records.get(key)
        if known is not None:
            if known[0] != self.fingerprint(body):
                return self.refuse(422, "Idempotency-Key was used with another payload")
            return self.replayed(known[1])
        self.between()
        answer = self.create(body)
        if self.keeps(answer):
            self.records[key] = (self.fingerprint(body), answer)
        return answer

    def create(self, body):
        try:
            value = self.parse(body)
        except Malformed:
            return self.refuse(400, "The body is no valid JSON")
        if isinstance(value, dict):
            value = {self.back.get(name, name): member for name, member in value.items()}
        violations = self.violations(value)
        if violations:
            shown = [{"pointer": "/" + self.words["members"].get(n, n), "detail": d} for n, d in violations]
            return self.refuse(400, "The body is invalid", {"errors": shown})
        existing = self.find_duplicate(value)
        if existing is not None:
            return self.on_duplicate(existing, value)
        self.between()
        now = datetime.datetime.now(datetime.timezone.utc).isoformat()
        row = {"id": self.next_id(), "status": "new", "created_at": now, **self.stores(value)}
        self.rows[str(row["id"])] = row
        return self.created(row, value)

    def created(self, row, value):
        location = self.location(row)
        headers = [] if location is None else [("Location", location)]
        return self.answer(self.created_status(), self.outward(self.shows_created(row, value)), headers)

    def single(self, method, item):
        row = self.rows.get(item)
        if row is None:
            return self.refuse(404, "Not Found")
        if method == "DELETE":
            self.rows.pop(item, None)
            return 204, [], b""
        return self.answer(200, self.outward(row))

    # What it looks like.
    def collection(self):
        return f"{self.words['prefix']}/{self.words['collection']}"

    def outward(self, row):
        return {self.words["members"].get(name, name): value for name, value in row.items()}

    def answer(self, status, value, headers=()):
        return status, [("Content-Type", "application/json"), *headers], json.dumps(value).encode()

    def refuse(self, status, title, more=None, headers=()):
        body = self.refusal(status, title, more or {})
        if isinstance(body, str):
            return status, [("Content-Type", "text/html"), *headers], body.encode()
        return status, [("Content-Type", "application/problem+json"), *headers], json.dumps(body).encode()

    def document(self):
        ids = {"type": "string" if self.words["ids"] == "uuid" else "integer"}
        schema = {
            "type": "object",
            "required": [self.words["members"].get(name, name) for name in REQUIRED],
            "additionalProperties": False,
            "properties": self.outward(PROPERTIES),
        }
        server = {"id": ids, "status": {"type": "string"}, "created_at": {"type": "string", "format": "date-time"}}
        shown = {"type": "object", "properties": self.outward({**server, **PROPERTIES})}
        json_of = lambda one: {"application/json": {"schema": one}}  # noqa: E731
        policy = {"naturalKey": [self.words["members"].get("code", "code")], "duplicates": "reject"}
        if self.keys != "none":
            policy["idempotency"] = self.keys
        key = {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}, "required": self.keys == "required"}
        collection = f"/{self.words['collection']}"
        return {
            "openapi": "3.0.3",
            "info": {"title": "Stock", "version": "1"},
            "servers": [{"url": self.origin() + self.words["prefix"]}],
            "paths": {
                collection: {
                    "post": {
                        "operationId": "create",
                        "parameters": [] if self.keys == "none" else [key],
                        "requestBody": {"required": True, "content": json_of(schema)},
                        "responses": {"201": {"description": "created", "content": json_of(shown)}},
                        "x-creation": policy,
                    },
                    "get": {"responses": {"200": {"description": "all"}}},
                },
                collection + "/{key}": {
                    "parameters": [{"name": "key", "in": "path", "required": True, "schema": ids}],
                    "get": {"responses": {"200": {"description": "one", "content": json_of(shown)}}},
                    "delete": {"responses": {"204": {"description": "gone"}}},
                },
            },
        }
