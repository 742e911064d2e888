"""Small groups of people who praise mostly one another. Plain Python."""

from collections import defaultdict

SIZE = 5  # people in the largest group that is looked for
SHARE = 0.6  # of what each of them received, from inside
LEAST = 4  # times that each of them was praised from inside


def find_rings(praise):
    """:param praise: {(giver, receiver): times}
    :return: list of frozensets of two to ``SIZE`` people

    A group is a ring when one gets from each of its people to each other one by
    praise that matters to its receiver: rings of three, where nobody praises back,
    are found as well.
    """
    received = defaultdict(int)
    for (_giver, receiver), times in praise.items():
        received[receiver] += times
    # Of SIZE people, each gets SHARE from at most SIZE - 1 others: a thinner line
    # than half of an even part of that is not what makes a ring.
    thin = SHARE / (SIZE - 1) / 2
    graph = defaultdict(set)
    for (giver, receiver), times in praise.items():
        if times >= thin * received[receiver]:
            graph[giver].add(receiver)
    return [
        frozenset(group)
        for group in components(graph)
        if 2 <= len(group) <= SIZE and _keeps_to_itself(group, praise, received)
    ]


def _keeps_to_itself(group, praise, received):
    for person in group:
        inside = sum(praise.get((giver, person), 0) for giver in group)
        if inside < LEAST or inside < SHARE * received[person]:
            return False
    return True


def components(graph):
    """The strongly connected parts of a directed graph (Kosaraju, without recursion:
    a chain of 100,000 people must not exhaust the stack).

    :param graph: {node: set of nodes}
    """
    backwards = defaultdict(set)
    for node, targets in graph.items():
        for target in targets:
            backwards[target].add(node)
    nodes = {*graph, *backwards}
    seen, parts = set(), []
    for node in reversed(_finished(graph, nodes)):
        if node not in seen:
            parts.append(_reached(backwards, node, seen))
    return parts


def _finished(graph, nodes):
    """The nodes in the order in which a walk in depth leaves them for good."""
    seen, order = set(), []
    for start in sorted(nodes):
        if start in seen:
            continue
        seen.add(start)
        walk = [(start, iter(sorted(graph.get(start, ()))))]
        while walk:
            node, targets = walk[-1]
            target = next((t for t in targets if t not in seen), None)
            if target is None:
                order.append(node)
                walk.pop()
            else:
                seen.add(target)
                walk.append((target, iter(sorted(graph.get(target, ())))))
    return order


def _reached(graph, start, seen):
    seen.add(start)
    part, waiting = {start}, [start]
    while waiting:
        for target in graph.get(waiting.pop(), ()):
            if target not in seen:
                seen.add(target)
                part.add(target)
                waiting.append(target)
    return part
