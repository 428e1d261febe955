"""What any page is asked, as JavaScript that the tools run in it."""

OPEN_ALL = "document.querySelectorAll('details').forEach(each => { each.open = true })"
# Of every text that is seen: its contrast with what is behind it (WCAG 2.2, 1.4.3), if too low.
PALE = """
(() => {
  const light = (channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = parts(getComputedStyle(each).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  let texts = 0;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !element.checkVisibility()) continue;
    texts += 1;
    const both = [parts(getComputedStyle(element).color), ground(element)].map(luminance);
    const ratio = (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
    if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${walk.currentNode.data.slice(0, 40)}`);
  }
  return {texts, found: found.slice(0, 5)};
})()
"""
FOCUSED = """
(() => {
  const each = document.activeElement;
  const style = getComputedStyle(each);
  return {
    tag: each.tagName,
    of: each.parentElement.id,
    id: each.id,
    outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
  };
})()
"""
WIDER = "document.documentElement.scrollWidth - window.innerWidth"
