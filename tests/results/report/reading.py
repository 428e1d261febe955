"""A page as a browser's parser takes it: its elements, its texts, and the words of each section."""

from collections import Counter
from html.parser import HTMLParser

VOID = {"meta", "rect", "path"}


class Parsed(HTMLParser):
    """elements: each with its attributes, in order. sections: words by the heading before them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.sections: dict[str, str] = {"": ""}
        self.comments: list[str] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self._heading = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "h2":
            self._heading = ""

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, f"{tag} is closed in its turn"

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        self.texts.append(data)
        if "h2" in self._open:
            self._heading = data
            self.sections[data] = ""
            return
        self.sections[self._heading] = " ".join(f"{self.sections[self._heading]} {data}".split())

    def tags(self) -> Counter[str]:
        return Counter(tag for tag, _ in self.elements)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for each, attributes in self.elements if each == tag]
