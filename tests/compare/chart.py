"""A bar chart as SVG, logarithmic, readable in light and dark."""

from html import escape
from math import log10

WIDTH, BAR, GAP, LEFT, RIGHT, TOP = 800, 22, 10, 310, 120, 34
COLOURS = {"pvhefi": "#1b7f5c", "direct": "#8a8f98"}
OTHER = "#b4552d"


def bars(title, values, unit):
    """Return an SVG of VALUES, a list of (label, contender, number), which may be empty."""
    numbers = [number for *_, number in values] or [1]
    least, most = min(numbers), max(numbers)
    low = int(log10(least)) if least >= 1 else 0
    span = max(log10(most) - low, 0.1)
    height = TOP + len(values) * (BAR + GAP) + GAP
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
             f'font-family="sans-serif" font-size="13">',
             f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
             f'<text x="10" y="20" font-weight="bold" fill="#1f2328">{escape(title)}</text>']
    for number, (label, contender, value) in enumerate(values):
        y = TOP + number * (BAR + GAP)
        width = max((WIDTH - LEFT - RIGHT) * (log10(max(value, 1)) - low) / span, 2)
        parts.append(f'<text x="{LEFT - 8}" y="{y + 16}" text-anchor="end" fill="#1f2328">{escape(label)}</text>'
                     f'<rect x="{LEFT}" y="{y}" width="{width:.1f}" height="{BAR}" rx="3" '
                     f'fill="{COLOURS.get(contender, OTHER)}"/>'
                     f'<text x="{LEFT + width + 6:.1f}" y="{y + 16}" fill="#1f2328">{value:,.1f} {escape(unit)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
