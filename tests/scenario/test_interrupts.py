"""An interruption that comes while a scenario is written is raised once it is."""

import os
import signal

import pytest

from simulator.scenario.reading.interrupts import interrupts_later


def test_an_interruption_waits_for_the_end_of_the_block():
    done = []

    def interrupted():
        with interrupts_later():
            os.kill(os.getpid(), signal.SIGINT)
            done.append("the block")

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert done == ["the block"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_nothing_is_raised_where_nobody_interrupts():
    with interrupts_later():
        pass
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
