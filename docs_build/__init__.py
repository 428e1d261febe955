"""The parts of docs/ that are made of the code.

Comes in: the package's own objects. Goes out: Markdown between two markers of a page,
`<!-- generated: NAME -->` and `<!-- end -->`. What stands outside the markers is never touched.

`python -m docs_build` writes them; with `--check` it writes nothing, and tells which differ.
"""
