"""Fills the database of a data directory, while no program runs on it, with large.sql: python3 large.py DIRECTORY."""
import pathlib
import sqlite3
import sys
import time

db = sqlite3.connect(pathlib.Path(sys.argv[1]) / "medirecord.db")
now = time.time_ns() // 1000
for statement in (pathlib.Path(__file__).parent / "large.sql").read_text().split(";\n"):
    if statement.strip():
        db.execute(statement, {"now": now} if ":now" in statement else {})
db.commit()
db.close()
