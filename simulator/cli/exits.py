"""Exit codes of every command, in a module of their own as help is asked for without any other."""

INPUT_WRONG, INTERRUPTED, NOBODY_READS = 2, 130, 141
