"""What a terminal shows after a guest's console was printed to it, as SVG."""

from itertools import groupby
from xml.sax.saxutils import escape

import pyte

# Lines that fit without scrolling; those below the cursor are left out.
COLUMNS, LINES = 110, 200
# systemd's, which pyte would print.
SOFT_RESET = b"\x1b[!p"
FONT = "DejaVu Sans Mono, Menlo, Consolas, Liberation Mono, monospace"
FONT_SIZE, CHARACTER_WIDTH, LINE_HEIGHT = 13, 7.83, 17
MARGIN, BAR = 14, 28
FOREGROUND, BACKGROUND, BAR_COLOUR, TITLE_COLOUR = "d3d7cf", "1d1f21", "33373b", "babdb6"
COLOURS = {"black": "2e3436", "red": "ef2929", "green": "8ae234", "brown": "fce94f", "blue": "729fcf",
           "magenta": "ad7fa8", "cyan": "34e2e2", "white": "eeeeec", "default": FOREGROUND}


def svg(printed, title):
    """Return the picture of a terminal to which the bytes PRINTED were sent, as text."""
    screen = pyte.Screen(COLUMNS, LINES)
    pyte.ByteStream(screen).feed(printed.replace(SOFT_RESET, b""))
    rows = [screen.buffer[number] for number in range(screen.cursor.y + 1)]
    width, height = COLUMNS * CHARACTER_WIDTH + 2 * MARGIN, BAR + len(rows) * LINE_HEIGHT + 2 * MARGIN
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" '
        f'viewBox="0 0 {width:.0f} {height}">',
        f'<rect width="100%" height="100%" rx="8" fill="#{BACKGROUND}"/>',
        f'<path d="M0 {BAR}V8a8 8 0 0 1 8-8H{width - 8:.0f}a8 8 0 0 1 8 8V{BAR}z" fill="#{BAR_COLOUR}"/>',
        f'<g font-family="{FONT}" font-size="{FONT_SIZE}" fill="#{FOREGROUND}">',
        f'<text x="{width / 2:.0f}" y="{BAR - 9}" text-anchor="middle" fill="#{TITLE_COLOUR}">{escape(title)}</text>',
        *(text for number, row in enumerate(rows) for text in _runs(row, BAR + MARGIN + (number + 1) * LINE_HEIGHT - 4)),
        "</g>", "</svg>", ""])


def _runs(row, baseline):
    """Yield an element for each piece of a ROW in one colour and weight."""
    column = 0
    for (colour, bold), group in groupby((row[x] for x in range(COLUMNS)), lambda cell: (cell.fg, cell.bold)):
        text = "".join(cell.data for cell in group)
        shown = text.strip()
        if shown:
            start = column + len(text) - len(text.lstrip())
            yield (f'<text x="{MARGIN + start * CHARACTER_WIDTH:.1f}" y="{baseline}" xml:space="preserve" '
                   f'textLength="{len(shown) * CHARACTER_WIDTH:.1f}"{_style(colour, bold)}>{escape(shown)}</text>')
        column += len(text)


def _style(colour, bold):
    known = COLOURS.get(colour.removeprefix("bright"), colour)
    return (f' fill="#{known}"' if known != FOREGROUND else "") + (' font-weight="bold"' if bold else "")
