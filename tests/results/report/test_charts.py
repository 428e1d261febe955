"""Pictures, as SVG that only our style colours."""

from xml.etree import ElementTree

from importer.results.report.charts import _ticks, bars, steps, strip

EVIL = '"><script>x</script>'


def names(svg: str) -> set[str]:
    """Of elements and attributes."""
    found = list(ElementTree.fromstring(svg).iter())
    return {each.tag for each in found} | {name for each in found for name in each.attrib}


def test_a_strip_has_a_part_for_each_number() -> None:
    svg = strip([("taken", "created", 3), ("refused", "stopped", 1)], "rows", "What became of it")
    assert svg == (
        '<svg class="chart" viewBox="12.3 0 615.4 44" role="img"'
        ' aria-labelledby="rows-title rows-desc"><title id="rows-title">What became of it</title>'
        '<desc id="rows-desc">taken 3, refused 1</desc><g>'
        '<rect x="0" y="0" width="640" height="44" class="background" />'
        '<g transform="translate(0, 0)" class="plot">'
        '<rect x="0" y="0" width="640" height="44" class="background" />'
        '<g class="series created"><g><g>'
        '<rect x="12.3" y="3.4" width="461.5" height="37.2" /></g></g></g>'
        '<g class="series stopped"><g><g>'
        '<rect x="473.8" y="3.4" width="153.8" height="37.2" /></g></g></g></g></g></svg>'
    )


def test_pictures_have_no_style_no_script_and_no_date_of_their_own() -> None:
    made = (
        strip([("a", "created", 0)], "a", "t"),
        bars(["1", "2"], [("calls", "created", [1, 2])], "b", "t", "d"),
        steps([("calls", "created", [(0, 0), (1, 5)])], [(0, "now")], "c", "t", "d"),
    )
    for svg in made:
        assert "<!--" not in svg
        assert not {"style", "script", "defs", "id"} & (names(svg) - {"id"})
    assert made[1] == bars(["1", "2"], [("calls", "created", [1, 2])], "b", "t", "d")


def test_a_text_in_a_picture_is_only_text() -> None:
    svg = bars([EVIL], [(EVIL, "created", [1])], "b", EVIL, EVIL)
    tags = {each.tag for each in ElementTree.fromstring(svg).iter()}
    assert tags == {"svg", "title", "desc", "g", "rect", "path", "text"}


def test_many_labels_are_thinned() -> None:
    svg = bars([f"n{n}" for n in range(60)], [("calls", "created", [1] * 60)], "b", "t", "d")
    shown = [each.text for each in ElementTree.fromstring(svg).iter("text") if each.text]
    assert [text for text in shown if text.startswith("n")] == [f"n{n}" for n in range(0, 60, 10)]


def test_an_axis_ends_at_a_round_number() -> None:
    assert _ticks(0) == [0, 1]
    assert _ticks(7) == [0, 2, 4, 6, 8]
    assert _ticks(25) == [0, 5, 10, 15, 20, 25]
    assert _ticks(231) == [0, 50, 100, 150, 200, 250]
    assert _ticks(123_456) == [0, 50_000, 100_000, 150_000]
