import socket

from devkit import ports


def test_a_port_with_a_listener_is_not_free():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not ports.is_free(port)
    assert ports.is_free(port)


def test_the_preferred_port_is_used_when_it_is_free():
    free = ports.pick()
    assert ports.pick(free) == free
    assert ports.pick(free, taken=[free]) != free


def test_another_port_is_picked_when_the_preferred_one_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert ports.pick(port) != port
