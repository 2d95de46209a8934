"""What the partnership holds: returns, the checks on them, the store, published figures.

PyPI has an unrelated package of this name: run from the repository root.
"""
