#!/usr/bin/env python3
"""Stands in line for you, as fair as the page does: wait-in-line.py STORE SALE EMAIL; prints the ticket that opens the order."""
import hashlib, itertools, json, sys, time, urllib.error, urllib.request

store, sale, email = sys.argv[1:4]


def ask(method, path, body=None, **headers):
    """Status, answer and the seconds after which to ask again."""
    request = urllib.request.Request(
        f"{store}/api/sales/{sale}{path}", json.dumps(body).encode() if body else None,
        {"Content-Type": "application/json", **headers}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=40) as answer:
            return answer.status, json.load(answer), int(answer.headers.get("Poll-After") or 0)
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.load(refusal), int(refusal.headers.get("Retry-After") or 5)
    except OSError as away:
        return 503, {"title": str(away)}, 5


view, ticket, place = None, None, {"email": email}
while not ticket or not view["final"]:
    status, answer, pause = ask("GET", "/ticket", **{"Sale-Ticket": ticket}) if ticket else ask("POST", "/tickets", place)
    if status < 300:
        view, ticket = answer, answer["ticket"]  # the latest is the one that counts
        print(view["state"], view["ahead"], f"again in {pause} s", file=sys.stderr)
        if view["state"] == "admitted":
            print(ticket)
            sys.exit()
    elif status == 428:  # many came from this network: find a hash that begins with so many zero bits
        puzzle, top = answer["puzzle"], 1 << (256 - answer["bits"])
        hash_of = lambda n: int(hashlib.sha256(f"{puzzle}.{n}".encode()).hexdigest(), 16)
        place.update(puzzle=puzzle, nonce=str(next(n for n in itertools.count() if hash_of(n) < top)))
        continue
    elif status not in (429, 503):
        sys.exit(answer["title"])
    time.sleep(pause)
sys.exit(view["state"])
