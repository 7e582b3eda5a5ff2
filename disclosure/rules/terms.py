"""Statutory terms that pages tell applicants of, in working days."""

TERMS = {
    "reply": 20,  # Art 33, from receipt
    "extension": 20,  # Art 33, at most
    "correction": 7,  # Art 30, from receipt, to tell what is to be corrected
}
