"""The limits of a machine and of arithmetic are told in words: the requirement and the given value."""

import errno

_HANDLES = (errno.EMFILE, errno.ENFILE)
_OUTPUT = (errno.EPIPE, errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG, errno.EDQUOT)


def told(error: ArithmeticError | MemoryError | OSError) -> str:
    """Say what a command ended early for.

    >>> told(FloatingPointError("overflow encountered in multiply"))
    'the numbers of the input must be such that can be computed with, got overflow encountered in multiply'
    """
    if isinstance(error, MemoryError):
        return "the memory must be enough for the input, got too little of it"
    if isinstance(error, OSError):
        return _of_system(error)
    if isinstance(error, FloatingPointError | OverflowError | ZeroDivisionError):
        return f"the numbers of the input must be such that can be computed with, got {error}"
    return str(error)


def _of_system(error: OSError) -> str:
    why = error.strerror or str(error)
    if error.errno in _HANDLES:
        return f"more files must be allowed to be open at once (ulimit -n), got {why}"
    if error.filename is not None:
        return f"{error.filename}: must be a file or folder that can be used, got {why}"
    if error.errno in _OUTPUT:
        return f"the output must be a place that can be written to, got {why}"
    if error.errno == errno.ENOENT:
        return "the working folder must be there, got one that was removed"
    return f"the machine must give what a command needs, got {why}"
