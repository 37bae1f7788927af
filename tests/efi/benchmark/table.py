"""Costs as a Markdown table."""

HEAD = """# What boot services cost while many objects live

Instructions for each operation, the mean of a hundred, on objects chosen at random; measured by the same program on each
firmware in QEMU, which counts them. `>limit`: making that many objects would have taken billions.

"""
LIMIT = ">limit"


def make(costs):
    """Return the table of COSTS, which are Costs by the firmware's name."""
    ours = next(iter(costs.values()))
    levels = sorted({level for each in costs.values() for means in each.means.values() for level in means})
    columns = [f"{firmware}: {level:,}" for firmware in costs for level in levels]
    text = HEAD + f"| live objects | operation | {' | '.join(columns)} |\n"
    text += "|---|---|" + "---:|" * len(columns) + "\n"
    for row in ours.rows():
        cells = [cell(each.means.get(row, {}).get(level)) for each in costs.values() for level in levels]
        text += f"| {row[0]} | {row[1]} | {' | '.join(cells)} |\n"
    return text


def cell(mean):
    """Return one number as text."""
    return LIMIT if mean is None else f"{mean:,}"
