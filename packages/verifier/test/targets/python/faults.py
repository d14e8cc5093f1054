"""What services in Python get wrong: each replaces one decision of the service."""

import contextlib
import json
import time
import traceback
import unicodedata

from service import PROPERTIES, Malformed, Service

right_parse, right_violations, right_key = Service.parse, Service.violations, Service.read_key


def crash(self, title="Internal Server Error"):
    return self.refuse(500, title)


def lenient_json(self, body):
    try:
        return json.loads(body.decode("utf-8", "replace"))
    except ValueError as error:
        raise Malformed from error


def silent_json(self, body):
    try:
        return right_parse(self, body)
    except Malformed:
        return {"code": "ABC-%06d" % (time.time_ns() % 1000000), "title": "untitled"}


def unlocked(self):
    return contextlib.nullcontext()


def others_go(self):
    # A round trip to a database.
    time.sleep(0.004)


def only(*texts):
    return lambda self, value: [one for one in right_violations(self, value) if one[1] not in texts]


def debug_page(self, status, title, more):
    try:
        raise KeyError("title")
    except KeyError:
        return f"<!doctype html><pre>{traceback.format_exc()}</pre>" if status == 400 else {"title": title, "status": status}


def count_id(self):
    count = len(self.rows)
    time.sleep(0.004)
    return "%08x-0000-4000-8000-000000000000" % (count + 1) if self.words["ids"] == "uuid" else count + 1


def crash_on(text):
    def create(self, body, right=Service.create):
        try:
            value = right_parse(self, body)
        except Malformed:
            return right(self, body)
        if isinstance(value, dict):
            value = {self.back.get(name, name): member for name, member in value.items()}
        wrong = {reason for _, reason in right_violations(self, value)}
        return crash(self) if text in wrong else right(self, body)

    return create


def texts(change):
    def stores(self, value):
        return {n: change(v) if isinstance(v, str) and n != "code" else v for n, v in value.items()}

    return stores


def numbers(change):
    return lambda self, value: {n: change(n, v) if isinstance(v, (int, float)) else v for n, v in value.items()}


def without_location(self, answer):
    status, headers, body = answer
    return status, [one for one in headers if one[0] != "Location"], body


FAULTS = {
    "200 to a create": {"created_status": lambda self: 200},
    "no Location": {"location": lambda self, row: None},
    "Location of the class": {"location": lambda self, row: f"{self.collection()}/<Item {row['id']}>"},
    "Location without the prefix": {"location": lambda self, row: f"/items/{row['id']}"},
    "Location of the collection": {"location": lambda self, row: self.collection()},
    "Location on the bound address": {"location": lambda self, row: f"http://0.0.0.0:8000{self.collection()}/{row['id']}"},
    "an echo for an answer": {"shows_created": lambda self, row, value: {"id": row["id"], **value}},
    "text without accents": {
        "stores": texts(lambda text: unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode() or text)
    },
    "text that is cut": {"stores": texts(lambda text: text[:80])},
    "zero taken for absent": {"stores": numbers(lambda name, value: value or 10)},
    "prices as integers": {"stores": numbers(lambda name, value: int(value))},
    "no check of types": {"violations": only("has the wrong type")},
    "no check of lengths": {"violations": only("has the wrong length")},
    "no check of ranges": {"violations": only("is out of range")},
    "KeyError for a missing member": {"create": crash_on("is missing")},
    "TypeError for a wrong type": {"create": crash_on("has the wrong type")},
    "any media type is JSON": {"takes_type": lambda self, content_type: True},
    "broken JSON is an empty form": {"parse": silent_json},
    "a debug page": {"refusal": debug_page},
    "405 without Allow": {"allow": lambda self, methods: []},
    "duplicates are created": {"find_duplicate": lambda self, value: None},
    "IntegrityError for a duplicate": {"on_duplicate": lambda self, existing, value: crash(self)},
    "get_or_create with 201": {"on_duplicate": lambda self, existing, value: self.created(existing, value)},
    "looks before it inserts": {"guard": unlocked, "between": others_go},
    "ids by len()": {"guard": unlocked, "next_id": count_id},
    "a replay without Location": {"replayed": without_location},
    "a replay with 200": {"replayed": lambda self, answer: (200, *answer[1:])},
    "another payload gets the first result": {"fingerprint": lambda self, body: ""},
    "the fingerprint is of the bytes": {"fingerprint": lambda self, body: repr(body)},
    "keys are cut": {"read_key": lambda self, lines: (right_key(self, lines) or "")[:40] or None},
    "refusals are kept": {"keeps": lambda self, answer: True, "fingerprint": lambda self, body: ""},
}
