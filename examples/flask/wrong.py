"""A service as a first afternoon with Flask leaves it: it works, and report.txt says what is wrong with it."""
import json
import sqlite3
from pathlib import Path
from threading import Lock
from uuid import uuid4

from flask import Flask, abort, jsonify, request

app = Flask(__name__)
db = sqlite3.connect(":memory:", check_same_thread=False)
db.row_factory = sqlite3.Row
db.execute("CREATE TABLE members (id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL)")
db.execute("CREATE TABLE bookings (id TEXT PRIMARY KEY, course TEXT NOT NULL, places INTEGER NOT NULL)")
lock = Lock()  # one connection, many threads


@app.get("/openapi.json")
def document():
    return json.loads(Path(__file__).with_name("openapi.json").read_text())


@app.post("/members")
def create_member():
    data = json.loads(request.data)
    member = {"id": str(uuid4()), "email": data["email"], "name": data["name"]}
    with lock, db:
        db.execute("INSERT INTO members VALUES (:id, :email, :name)", member)
    return member


@app.post("/bookings")
def create_booking():
    data = json.loads(request.data)
    booking = {"id": str(uuid4()), "course": data["course"], "places": data["places"]}
    with lock, db:
        db.execute("INSERT INTO bookings VALUES (:id, :course, :places)", booking)
    return booking


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
        db.execute(f"DELETE FROM {table} WHERE id = ?", [id])
    return "", 204
