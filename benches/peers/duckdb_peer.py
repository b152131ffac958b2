"""DuckDB, which reads the lines itself and needs no index for most questions.

load FILE DIR [--no-text] | contacts DIR ACTOR | warm DIR ONE OTHER YEAR
"""

import json
import os
import sys
import time

import duckdb

import lines



def struct(**fields):
    """A type of DuckDB; names are quoted, for some are words of SQL."""
    return "STRUCT(" + ", ".join(f'"{name}" {kind}' for name, kind in fields.items()) + ")"


def texts(*names):
    return dict.fromkeys(names, "VARCHAR")


PARTICIPANT = struct(**texts("actor", "name", "role", "country", "sector", "office"))
SPANS = struct(**dict.fromkeys(("sentence", "source", "predicate", "target"), "INTEGER[]"))
MENTION = struct(
    mention_id="VARCHAR",
    sentence_index="INTEGER",
    spans=SPANS,
    confidence="DOUBLE",
    **texts("status", "reported_by", "origin"),
)
EVENT = struct(
    **texts("event_id", "cameo", "type", "mode", "label", "initiator", "date_precision", "date_basis"),
    **texts("place", "place_country"),
    **dict.fromkeys(("symmetric", "multilateral", "background"), "BOOLEAN"),
    **dict.fromkeys(("date", "date_end", "first_reported"), "DATE"),
    participants=PARTICIPANT + "[]",
    contexts="VARCHAR[]",
    about="VARCHAR[]",
    mentions=MENTION + "[]",
)
ARTICLE = struct(
    **texts("article_id", "outlet", "url", "title", "text"),
    published="DATE",
    events=EVENT + "[]",
)

# Ids are kept as numbers, as a sensible person would.
LOAD = """
CREATE TABLE raw AS SELECT row_number() OVER () AS id, article FROM
    read_json('{file}', format='newline_delimited', columns={{'article': '{article}'}}, maximum_object_size=134217728)
    WHERE article IS NOT NULL;
CREATE TABLE article AS SELECT id, unhex(article.article_id) AS article_id, article.outlet, article.url,
    article.title, article.published, {text} AS text FROM raw;
CREATE TABLE told AS SELECT id AS article, unnest(article.events) AS e FROM raw;
DROP TABLE raw;
CREATE TABLE event AS SELECT ('0x' || e.event_id)::UBIGINT AS id, article, e.cameo, e.type, e.mode, e.label,
    coalesce(e.symmetric, false) AS symmetric, coalesce(e.initiator, 'source') AS initiator,
    coalesce(e.multilateral, false) AS multilateral, coalesce(e.background, false) AS background, e.date,
    coalesce(e.date_end, e.date) AS date_end, coalesce(e.date_precision, 'day') AS date_precision, e.date_basis,
    e.first_reported, e.place, e.place_country, e.contexts, e.about,
    list_min(list_transform(e.mentions, lambda m: list_position(['actual', 'planned', 'alleged', 'hypothetical',
        'denied'], coalesce(m.status, 'actual')))) - 1 AS status,
    list_max(list_transform(e.mentions, lambda m: round(m.confidence * 1000)::INTEGER)) AS confidence FROM told;
CREATE TABLE participant AS SELECT ('0x' || e.event_id)::UBIGINT AS event, unnest(e.participants) AS p,
    generate_subscripts(e.participants, 1) AS place FROM told;
CREATE TABLE mention AS SELECT event, ('0x' || m.mention_id)::UBIGINT AS id, m.sentence_index, m.spans,
    coalesce(m.status, 'actual') AS status, round(m.confidence * 1000)::SMALLINT AS confidence, m.reported_by,
    m.origin FROM (SELECT ('0x' || e.event_id)::UBIGINT AS event, unnest(e.mentions) AS m FROM told);
DROP TABLE told;
CREATE TABLE actor AS SELECT row_number() OVER ()::INTEGER AS id, key, name FROM
    (SELECT p.actor AS key, any_value(p.name) AS name FROM participant GROUP BY key);
CREATE TABLE part AS SELECT participant.event, place, actor.id AS actor, p.role, p.country, p.sector, p.office
    FROM participant JOIN actor ON actor.key = p.actor;
DROP TABLE participant;
CREATE TABLE side AS SELECT event, count(*) FILTER (role = 'source') AS sources,
    count(*) FILTER (role = 'target') AS targets FROM part GROUP BY event;
CREATE TABLE dyad AS SELECT source, target, event.date, found.event FROM (
    SELECT one.actor AS source, other.actor AS target, event FROM part AS one JOIN part AS other USING (event)
    WHERE one.role = 'source' AND other.role = 'target'
    UNION ALL
    SELECT one.actor, other.actor, event FROM part AS one JOIN part AS other USING (event) JOIN side USING (event)
    WHERE one.role = 'source' AND other.role = 'source' AND one.place < other.place AND side.targets = 0
    AND (side.sources <= 4 OR one.place = 1)) AS found
    JOIN event ON event.id = found.event AND (event.symmetric OR NOT event.multilateral)
    ORDER BY source, target, event.date;
DROP TABLE side;
"""


def opened(folder):
    os.makedirs(folder, exist_ok=True)
    return duckdb.connect(os.path.join(folder, "events.duckdb"))


def load(file, folder, with_text):
    started = time.perf_counter()
    store = opened(folder)
    text = "article.text" if with_text else "NULL::VARCHAR"
    store.execute(LOAD.format(file=file, article=ARTICLE, text=text))
    store.execute("CHECKPOINT")
    events = store.execute("SELECT count(*) FROM event").fetchone()[0]
    store.close()
    print(json.dumps({"events": events, "seconds": time.perf_counter() - started}))


CONTACTS = """
SELECT partner.key, count(*), min(event.date) - DATE '1970-01-01', max(event.date) - DATE '1970-01-01' FROM (
    SELECT target AS partner, event FROM dyad WHERE source = $actor
    UNION ALL SELECT source, event FROM dyad WHERE target = $actor) AS found
JOIN event ON event.id = found.event JOIN actor AS partner ON partner.id = found.partner
WHERE (event.type = 'CONSULT' OR event.cameo = '057') AND event.status = 0 GROUP BY partner.key
"""

DYAD = """
SELECT event.* FROM event JOIN (
    SELECT event AS id FROM dyad WHERE ((source = $one AND target = $other) OR (source = $other AND target = $one))
    AND date >= $start AND date < $end) AS found USING (id) WHERE event.date_end < $end
"""

SCAN = "SELECT type, count(*), count(*) FILTER (status = 0) FROM event GROUP BY type"


def number_of(store, key):
    found = store.execute("SELECT id FROM actor WHERE key = ?", [key]).fetchone()
    return found[0] if found else None


def contacts(folder, key):
    store = opened(folder)
    lines.print_contacts(store.execute(CONTACTS, {"actor": number_of(store, key)}).fetchall())


def warm(folder, one, other, year):
    store = opened(folder)
    asked = {
        "one": number_of(store, one),
        "other": number_of(store, other),
        "start": f"{year}-01-01",
        "end": f"{int(year) + 1}-01-01",
    }
    lines.print_warm(
        lambda: store.execute(DYAD, asked).fetchall(), lambda: store.execute(SCAN).fetchall()
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["load", file, folder, *rest]:
            load(file, folder, "--no-text" not in rest)
        case ["contacts", folder, key]:
            contacts(folder, key)
        case ["warm", folder, one, other, year]:
            warm(folder, one, other, year)
        case _:
            sys.exit(__doc__)
