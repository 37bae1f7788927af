"""Sections as Markdown, and as a page of its own. A section is a title with a table (a list of rows) or a list of lines."""

from html import escape

STYLE = """
body { font: 16px/1.5 sans-serif; max-width: 60rem; margin: 1rem auto; padding: 0 1rem; color: #1f2328; background: #fff }
table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto }
th, td { border: 1px solid #d0d7de; padding: .3rem .6rem; text-align: right } td:first-child, th:first-child { text-align: left }
svg { width: 100%; height: auto } li { overflow-wrap: anywhere }
"""


def markdown(title, head, sections):
    """Return the document for a terminal or a code host."""
    lines = [f"# {title}", "", *(f"{line}  " for line in head), ""]
    for name, content in sections:
        lines += [f"## {name}", ""]
        lines += [f"- {line}" for line in content] if _is_list(content) else markdown_table(content)
        lines.append("")
    return "\n".join(lines)


def html(title, head, figure, sections):
    """Return the document as one file without any other; FIGURE is an SVG."""
    parts = ["<!doctype html><html lang='en'><meta charset='utf-8'>",
             "<meta name='viewport' content='width=device-width, initial-scale=1'>",
             f"<title>{escape(title)}</title><style>{STYLE}</style><h1>{escape(title)}</h1>",
             *(f"<p>{escape(line)}</p>" for line in head), figure]
    for name, content in sections:
        parts.append(f"<h2>{escape(name)}</h2>")
        parts.append(_html_list(content) if _is_list(content) else _html_table(content))
    return "\n".join(parts) + "\n"


def markdown_table(rows):
    """Return a table's lines."""
    head, *body = rows
    return [f"| {' | '.join(head)} |", f"|{'---|' + '--:|' * (len(head) - 1)}", *(f"| {' | '.join(row)} |" for row in body)]


def replace_part(text, begin, end, part):
    """Return TEXT with PART between its lines BEGIN and END."""
    before, rest = text.split(f"{begin}\n", 1)
    _, after = rest.split(f"{end}\n", 1)
    return f"{before}{begin}\n{part}\n{end}\n{after}"


def _is_list(content):
    return isinstance(content[0], str)


def _html_list(lines):
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def _html_table(rows):
    head, *body = rows
    cells = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    lines = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in body]
    return f"<table><tr>{cells}</tr>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
