"""Turns a script with `# %%` cells into a notebook: notebook.py lesson.py lesson.ipynb."""

import sys

import nbformat

source, target = sys.argv[1:]
notebook = nbformat.v4.new_notebook()
for chunk in open(source, encoding="utf-8").read().split("# %%")[1:]:
    kind, _, body = chunk.partition("\n")
    if "[markdown]" in kind:
        lines = [line.removeprefix("# ").removeprefix("#") for line in body.strip().split("\n")]
        notebook.cells.append(nbformat.v4.new_markdown_cell("\n".join(lines)))
    else:
        notebook.cells.append(nbformat.v4.new_code_cell(body.strip()))
nbformat.write(notebook, target)
