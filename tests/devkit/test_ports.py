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


def test_picked_ports_are_not_the_kernels_to_give():
    with open("/proc/sys/net/ipv4/ip_local_port_range") as limits:
        first = int(limits.read().split()[0])
    picked = [ports.pick() for _ in range(50)]
    assert max(picked) < first
    assert len(set(picked)) > 10


def test_another_port_is_picked_when_the_preferred_one_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert ports.pick(port) != port
