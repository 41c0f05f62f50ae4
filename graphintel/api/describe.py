"""The OpenAPI description: one error shape on every route, and an example of every answer."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

Row = dict[str, Any]
ID = "4d1f0c8a9b2e4f6071829304a5b6c7d8"
OTHER = "9a7b3c2d1e0f4a5b8c6d7e8f90a1b2c3"
CUT: Row = {"by_limit": 0, "by_filter": 0, "by_policy": "not told"}
LAST: Row = {"next": None, "truncated": CUT}
RECORD: Row = {
    "id": OTHER, "source": "declarations-csv", "key": "24341200IM000017|1", "content": {"consignee_name": "Akçamlı Nakliyat"},
    "grade": '["admiralty","B","2"]', "banner": "RESTRICTED // TLP:AMBER", "file": "2024-05.csv", "sha256": "0" * 64,
    "position": "line 18", "batch": 3, "mapping_version": "1", "deliveries": [3],
}  # fmt: skip
SUBGRAPH: Row = {
    "v": 1,
    "meta": {"query": "expand", "params": {"ids": [ID]}, "counter": 41, "handling": "RESTRICTED // TLP:AMBER",
             "truncated": CUT, "cursor": "", "notes": []},
    "dict": {},
    "nodes": {"id": [ID, OTHER], "kind": {"d": ["Declaration", "Vehicle"], "i": [0, 1]},
              "label": ["24341200IM000017", "34ABC123"], "hub": [False, False], "x": [0.0, 80.0], "y": [0.0, 0.0],
              "degree": [7, None], "properties": [{}, {}]},
    "edges": {"id": ["0f" * 16], "s": [0], "t": [1], "type": {"d": ["BY_MEANS_OF"], "i": [0]}, "record": [OTHER],
              "at": ["2024-05-18"], "basis": {"d": ["declared"], "i": [0]}, "confidence": {"d": ["probable"], "i": [0]},
              "grade": {"d": ["B2"], "i": [0]}, "marking": [1], "properties": [{"role": "border"}],
              "probability": [None], "fold": [None]},
}  # fmt: skip
TABLE: Row = {"columns": ["a", "b"], "rows": [["Akçamlı Nakliyat", "34ABC123"]], "truncated": False, "counter": 41,
              "subgraph": None}  # fmt: skip
CHART: Row = {"id": ID, "name": "Case 2024/17", "case": "2024/17", "data": {"nodes": [ID], "links": [], "folded": []},
              "filters": {}, "look": {}, "version": 1}  # fmt: skip
HIT: Row = {"id": ID, "kind": "Vehicle", "label": "34ABC123", "score": 1.0, "why": "identifier"}
QUESTION: Row = {
    "id": "shared-vehicles",
    "title": {"en": "Shared vehicles", "tr": "Ortak araçlar"},
    "params": [],
}
REFUSED: Row = {"id": ID, "batch": 3, "source": "kcs-declarations", "file": "a.csv", "position": "line 7",
                "reason": "bad_date", "message": "2020-02-31 is no day"}  # fmt: skip
QUALITY: Row = {
    "version": 1, "batch": 5, "source": "declarations-csv", "compared_with": 4, "sampled": 300,
    "rows": {"read": 305, "new": 300, "unchanged": 0, "duplicate": 0, "superseded": 0, "quarantined": 5},
    "columns": [{"name": "currency", "state": "read", "reason": "", "filled": 150, "rate": 0.5, "rate_before": 1.0,
                 "moved": True, "kind": "word", "distinct": 2}],
    "values": [{"type": "tax_id", "valid": 299, "invalid": 1, "unknown": 0, "properties": [], "examples": []}],
    "drift": {"new": ["seal"], "missing": [], "renamed": []},
    "quarantine": [{"reason": "bad_date", "count": 5, "examples": []}],
}  # fmt: skip
JUDGED: Row = {"id": ID, "verdict": "same", "left": OTHER, "right": ID, "by": "ayla", "at": "2024-05-18T09:00:00Z",
               "reason": "the same passport", "model": "", "evidence": "", "counter": 42}  # fmt: skip
REASON: Row = {
    "field": "name",
    "bits": 6.2,
    "level": "full",
    "left": "yorgo demirtepe",
    "right": "georgios demirtepe",
}
THING: Row = {"id": ID, "label": "Yorgo Demirtepe", "kind": "Person", "links": 4, "hub": False}
NOTICE: Row = {
    "id": ID, "number": "N-2024-90001", "date": "2024-02-26", "type": "notice", "subject": "Tobacco: a lorry and a phone",
    "text": "Please watch and report sightings.", "origin_reference": "BC-2024-1715", "source": "partner-notice",
    "partner": "Bulgarian customs", "received_at": "2024-02-27T08:00:00+00:00", "step": 17, "act": "graded", "state": "received",
    "grade": '["admiralty","B","2","H1"]', "grade_label": "B2 H1", "handling": "H1", "banner": "RESTRICTED // TLP:AMBER // H1",
    "deadline": "2024-03-31", "overdue": False, "handed_to": "", "batch": None, "actor": "ayla", "reason": "seen before", "copies": 0,
}  # fmt: skip
NOTICE_WHOLE: Row = {
    **NOTICE, "content": {"plate": "34-KLT-481"}, "origins": 1, "copies": [], "same_reference": [],
    "names": [{"kind": "Vehicle", "role": "suspect", "values": {"plate": "34KLT481", "plate_country": "TR"}}],
    "steps": [{"step": 17, "act": "graded", "state": "received", "grade": '["admiralty","B","2","H1"]', "handling": "H1",
               "deadline": "2024-03-31", "handed_to": "", "batch": None, "reason": "seen before", "actor": "ayla",
               "at": "2024-02-27T09:00:00+00:00"}],
    "deliveries": [{"file": "notices.csv", "sha256": "0" * 64, "position": "line 2", "actor": "ayla", "at": "2024-02-27T08:00:00+00:00"}],
    "hits": [{"id": OTHER, "kind": "Vehicle", "label": "34KLT481", "hub": False, "score": 1.0, "key": "Vehicle/plate:TR:34KLT481",
              "why": "the same plate (TR 34KLT481)", "named": {"mention": ID, "kind": "Vehicle", "label": "34KLT481"}}],
}  # fmt: skip
FOUND = {"id": OTHER, "method": "communities", "actor": "ayla", "at": "2024-05-18T09:00:00Z", "counter": 42, "seed": 20,
         "version": "1", "stability": 0.94, "asked": {"ids": None, "seed": 20}, "parameters": {"runs": 10}}  # fmt: skip
EXAMPLES: dict[str, Any] = {
    "/health": {"status": "ok", "version": "0.1.0", "store": "reachable"},
    "/me": {"actor": "ayla", "local": True, "training": True, "profile": "all", "banner": "RESTRICTED // TLP:AMBER",
            "opening_chart": "training-case-1", "counter": 41},
    "/schema": {"kinds": [{"name": "Vehicle", "properties": [{"name": "plate", "type": "plate", "many": False}]}],
                "links": [{"name": "BY_MEANS_OF", "from": ["Declaration"], "to": ["Vehicle"]}], "indexes": [],
                "examples": []},
    "/jobs/{job}": {"id": ID, "kind": "communities", "state": "running", "progress": 0.5, "result": None, "error": None},
    "/audit": {"entries": [{"sequence": 9, "at": "2024-05-18T09:00:00+00:00", "actor": "ayla", "act": "cypher",
                            "outcome": "done", "detail": {"rows": 5}}], **LAST},
    "/search": {"hits": [HIT], "truncated": CUT, "query": "34 abc 123"},
    "/lookup": {"lines": [{"text": "34ABC123", "hits": [HIT]}]},
    "/entities/{entity}": {"id": ID, "kind": "Vehicle", "label": "34ABC123", "hub": False, "provider": None,
                           "values": [{"name": "plate", "value": "34ABC123", "raw": "34 ABC 123", "verdict": "valid",
                                       "records": [OTHER], "sources": ["declarations-csv"]}],
                           "mentions": [], "links": {"BY_MEANS_OF": 7}},
    "/entities/{entity}/records": {"records": [RECORD], "next": None},
    "/entities/{entity}/history": {"history": [{"batch": 3, "source": "declarations-csv", "actor": "ayla", "records": 7}]},
    "/records/{record}": RECORD,
    "/evidence/{name}": {
        "id": ID, "kind": "Company", "label": "Akçamlı Nakliyat", "next": None,
        "records": [{"record": OTHER, "source": "declarations-csv", "file": "2024-05.csv", "sha256": "0" * 64, "position": "line 18",
                     "mapping_version": "1-3fa2", "grade": RECORD["grade"], "banner": RECORD["banner"], "state": "unchanged",
                     "found": True, "same": True, "cells": [{"field": "consignee_name", "text": "Akçamlı Nakliyat"}],
                     "values": [{"mention": ID, "kind": "Company", "name": "name", "value": "Akçamlı Nakliyat",
                                 "raw": "Akçamlı Nakliyat", "verdict": "valid",
                                 "cells": [{"field": "consignee_name", "text": "Akçamlı Nakliyat"}]}], "links": []}]},
    "/expand": SUBGRAPH,
    "/paths": SUBGRAPH,
    "/subgraph": SUBGRAPH,
    "/analysis/{kind}": {"communities": [{"id": "C1", "members": [ID, OTHER], "confidence": 0.97}], "modularity": 0.61,
                         "stability": 0.94, "method": "leiden-consensus", "parameters": {"runs": 10}, "seed": 20},
    "/ties/{first}/{second}": {
        "source": ID, "target": OTHER, "links": [{"id": OTHER, "type": "CONSIGNEE", "record": OTHER, "source": ID, "target": OTHER}],
        "records": [OTHER], "records_total": 1, "counter": 42, "truncated": CUT},
    "/findings": {"findings": [{"id": OTHER, "method": "communities", "actor": "ayla", "at": "2024-05-18T09:00:00Z", "content": {
        "asked": {"ids": None, "seed": 20}, "parameters": {"runs": 10}, "seed": 20, "counter": 42, "profile": "all",
        "version": "1", "stability": 0.94}}], **LAST},
    "/findings/{name}": {**FOUND, "result": {"communities": [], "modularity": 0.61}, "counter_now": 44, "changed_since": True},
    "/findings/{name}/again": {
        "before": FOUND, "finding": {"finding": ID, "communities": [], "modularity": 0.6}, "same": False,
        "change": {"born": [], "gone": [], "split": [], "merged": [], "grown": [], "shrunk": [], "same": False,
                   "counts": {"born": 0, "gone": 0, "split": 0, "merged": 0, "grown": 0, "shrunk": 0, "stayed": 7}}},
    "/routes/observed": {"places": [{"id": ID, "name": "Kapıkule", "lat": 41.7, "lon": 26.4, "kind": "gate"}],
                         "legs": [{"source": ID, "target": OTHER, "count": 12, "first": "2023-02-01",
                                   "last": "2024-11-30", "records": [OTHER], "records_total": 12}], "truncated": CUT},
    "/routes/predict": {"destination": [{"country": "BG", "p": 0.62}], "transit": [{"country": "TR", "p": 0.8}],
                        "destination_other": 0.38, "transit_other": 0.2},
    "/queries": [QUESTION],
    "/queries/{query}/run": TABLE,
    "/cypher": TABLE,
    "/charts": {"charts": [{"id": ID, "name": "Case 2024/17", "case": "2024/17"}], **LAST},
    "/charts/{name}": CHART,
    "/exports": {"exports": [{"id": ID, "format": ".svg", "sha256": "0" * 64, "actor": "ayla", "counter": 41}], **LAST},
    "/sources": {"sources": [{"name": "kcs-declarations", "title": "Korean declarations", "grade": "B2"}]},
    "/batches": {"batches": [{"number": 3, "source": "declarations-csv", "records_new": 3000, "state": "complete"}], **LAST},
    "/batches/{number}/quality": QUALITY,
    "/matches": {"pairs": [{"pair": f"{ID} {OTHER}", "left": ID, "right": OTHER, "kind": "Person", "bits": 6.2, "probability": 0.986,
                            "value": 9.1, "reasons": [REASON], "model": "2026-11", "note": "", "things": [THING, THING], "alike": [[OTHER], []]}],
                 "counts": {"open": 1}, **LAST},
    "/matches/why": {
        "left": THING, "right": THING, "one": False, "verdict": "queued", "bits": 6.2, "probability": 0.986, "model": "2026-11",
        "bars": {"queued": 0.5, "automatic_bits": 20.0}, "contributions": [REASON], "changes": [], "keys": [], "judgements": [],
    },
    "/matches/run": {"mentions": 41, "pairs": 310, "automatic": 2, "queued": 7, "kept": 9, "moved": 3, "counter": 44,
                     "model": "2026-11", "rules": [{"rule": "Company name", "right": 3120, "wrong": 0, "precision": 1.0,
                                                  "interval": [0.9992, 1.0], "decides": True}], "seconds": 0.4},
    "/matches/relink": {"kinds": {"Person": {"rows": 2100, "pairs": 40, "suggested": 31, "asked_already": 6, "taken_back": 0,
                                             "model": "splink:1f0c2a9b7d35", "weights": "weights/relink-1f0c2a9b7d35.json"}},
                        "mentions": 5200, "suggested": 31, "seed": 20, "counter": 44, "seconds": 12.5},
    "/notices": {"notices": [NOTICE], **LAST},
    "/notices/accept": {"report": {"batch": 12, "source": "partner-notice", "rows_read": 1, "records_new": 1, "links_new": 4,
                                   "warnings": [], "seconds": 0.9, "compare_seconds": 0.4}, "exit_code": 0, "notices": [NOTICE]},
    "/notices/{name}": NOTICE_WHOLE,
    "/notices/{name}/grade": NOTICE_WHOLE,
    "/notices/{name}/{act}": NOTICE_WHOLE,
    "/providers": {
        "marked": [{"id": ID, "kind": "Company", "name": "Baldere Gümrük Müşavirliği", "judgement": OTHER, "by": "ayla",
                    "at": "2024-05-18T09:00:00Z", "reason": "a customs broker", "role": "declarant"}],
        "proposed": [{"id": OTHER, "kind": "Company", "name": "Akçamlı Gümrük Müşavirliği", "role": "declarant", "uses": 410,
                      "clients": 122, "links": 431, "usual": 3.0, "share": 0.951}], **LAST},
    "/providers/{name}/mark": {"judgement": OTHER, "entity": ID, "unchanged": False, "counter": 44},
    "/providers/{name}/unmark": {"withdrawn": [OTHER], "entity": ID, "counter": 45},
    "/judgements": {"judgements": [JUDGED], **LAST},
    "/judgements/{name}": JUDGED,
    "/judgements/{name}/undo": {
        "judgement": OTHER, "verdict": "withdrawn", "before": [ID, ID], "after": [ID, OTHER], "counter": 43, "moved": 12,
        "withdrawn": [ID], "parted_keys": [], "unchanged": False, "relied": {"charts": [], "exports": [], "findings": []},
    },
    "/batches/{number}/quality/export": "part,name,finding,count,share,before,raw,file,position\r\n",
    "/batches/{number}/quarantine/export": "id,batch,source,file,sha256,position,reason,message,at,raw,raw_hex\r\n",
    "/batches/{number}/retract": {"batch": 3, "state": "retracted", "undo": False, "closed": 3000, "opened": 12, "changed": 4,
                                  "moved": 1, "seconds": 4.2, "counter": 44, "reason": "sent by mistake"},
    "/records/{record}/grade": {"batch": 45, "record": OTHER, "grade": "D4", "before": "B2",
                                "banner": "RESTRICTED // TLP:AMBER // H1"},
    "/quarantine": {"rows": [REFUSED], **LAST},
    "/quarantine/retry": {"rows": 20, "loaded": 18, "superseded": 1, "left": 1, "batches": [9],
                          "reasons": {"bad_date": 1}, "warnings": [], "exit_code": 3},
    "/quarantine/{row}": {**REFUSED, "raw": "7;31.02.2020", "raw_hex": "373b33312e30322e32303230", "tries": []},
}  # fmt: skip
PROBLEM: Row = {
    "description": "What went wrong, in one shape: a code for programs, a sentence for people.",
    "content": {
        "application/json": {
            "schema": {"$ref": "#/components/schemas/Problem"},
            "example": {
                "error": {"code": "not_found", "message": "Nothing is known under the id 00.", "detail": {}}
            },
        }
    },
}
SHAPE: Row = {
    "type": "object", "required": ["error"],
    "properties": {"error": {"type": "object", "required": ["code", "message", "detail"], "properties": {
        "code": {"type": "string"}, "message": {"type": "string"}, "detail": {"type": "object"}}}},
}  # fmt: skip


def described(app: FastAPI) -> Row:
    """The whole description, made once."""
    if app.openapi_schema is None:
        spec = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        for path, methods in spec["paths"].items():
            for route in methods.values():
                _complete(route, EXAMPLES[path.removeprefix("/api/v1")])
        spec.setdefault("components", {}).setdefault("schemas", {})["Problem"] = SHAPE
        for name in ("HTTPValidationError", "ValidationError"):
            spec["components"]["schemas"].pop(name, None)
        app.openapi_schema = spec
    return app.openapi_schema


def _complete(route: Row, example: Any) -> None:
    responses = route["responses"]
    responses.pop("422", None)
    responses["200"]["content"] = {"application/json": {"schema": {}, "example": example}}
    responses["4XX"] = PROBLEM
    responses["5XX"] = PROBLEM
