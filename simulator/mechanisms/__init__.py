"""What may be asked of a company beside its growth: one folder for each mechanism, listed once in ``all``."""
