"""Pictures of the pages for people to look at, and what tells that one shows anything."""

import struct
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from tests.browser.devtools import Browser
from tests.browser.program import FOLDER

PICTURES = FOLDER / "screenshots"
SIZES = ((390, 844), (1280, 800))  # a phone, a laptop
SCHEMES = ("light", "dark")
SIGNATURE = b"\x89PNG\r\n\x1a\n"
HIGHEST = 16_384  # pixels; Chromium paints nothing below
# The browser reads it itself. Of its top and its end, a screen each: the colours there, by every
# seventh dot, which is enough and takes less time.
LOOK = """
(async () => {{
  const reply = await fetch("data:image/png;base64,{data}");
  const image = await createImageBitmap(await reply.blob());
  const {{width, height}} = image;
  const canvas = new OffscreenCanvas(width, height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const screen = Math.min(height, 800);
  return [0, height - screen].map((top) => {{
    const counts = new Map();
    const dots = new Uint32Array(canvas.getImageData(0, top, width, screen).data.buffer);
    for (let each = 0; each < dots.length; each += 7) {{
      counts.set(dots[each], (counts.get(dots[each]) || 0) + 1);
    }}
    const [most] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
    return [counts.size, ((most & 255) + (most >> 8 & 255) + (most >> 16 & 255)) / 3];
  }});
}})()
"""


@dataclass(frozen=True)
class Look:
    """colours: the fewer of its top and its end. ground: of the commonest, 0 black to 255 white."""

    width: int
    height: int
    colours: int
    ground: float


def emptied(folder: Path = PICTURES) -> Path:
    """Without the pictures of an earlier run; what is not such a picture is left."""
    folder.mkdir(parents=True, exist_ok=True)
    for scheme in SCHEMES:
        for width, _ in SIZES:
            for each in folder.glob(f"*-{width}-{scheme}.png"):
                each.unlink()
    return folder


def look_at(picture: bytes, browser: Browser) -> Look:
    assert picture.startswith(SIGNATURE), "it is no PNG"
    width, height = struct.unpack(">II", picture[16:24])
    with browser.page("data:text/html,") as blank:
        top, end = blank.value(LOOK.format(data=b64encode(picture).decode()))
    return Look(width, height, min(top[0], end[0]), top[1])
