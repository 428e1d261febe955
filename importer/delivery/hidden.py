"""Keys that a server repeats in what it says: they stand in no journal, file or message of ours."""

import json
from collections.abc import Iterable
from urllib.parse import quote

HIDDEN = "[key]"
SHORTEST = 8  # characters; LeadSquared's keys have 32 or more, and a short one is a part of words


class Hidden:
    def __init__(self, keys: Iterable[str]) -> None:
        long = [key for key in keys if len(key) >= SHORTEST]
        forms = {form for key in long for form in (key, json.dumps(key)[1:-1], quote(key, safe=""))}
        # The longest first: one form may be a part of another.
        self._forms = sorted(forms, key=len, reverse=True)
        self._bytes = [form.encode() for form in self._forms]

    def in_body(self, body: bytes) -> bytes:
        for form in self._bytes:
            if form in body:  # it hardly ever is, and a page of leads is large
                body = body.replace(form, HIDDEN.encode())
        return body

    def in_text(self, text: str) -> str:
        for form in self._forms:
            text = text.replace(form, HIDDEN)
        return text
