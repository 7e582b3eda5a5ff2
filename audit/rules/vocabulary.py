# What the erasure of an entry's details is itself recorded as.
DETAILS_ERASED = "audit.details_erased"
