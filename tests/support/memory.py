"""What lies in the memory of a process that this one started: for tests that look for secrets there."""
import re

CHUNK = 1 << 20


def regions(pid):
    """(start, end, name) of each writable mapping."""
    with open("/proc/%d/maps" % pid) as maps:
        for line in maps:
            found = re.match(r"([0-9a-f]+)-([0-9a-f]+) (\S{4}) \S+ \S+ \S+\s*(.*)", line)
            if "w" in found[3] and "r" in found[3]:
                yield int(found[1], 16), int(found[2], 16), found[4]


def find(pid, needles):
    """{name: [(address, mapping), …]} of the needles (name -> bytes) that are there."""
    overlap = max(map(len, needles.values())) - 1
    hits = {}
    with open("/proc/%d/mem" % pid, "rb", 0) as memory:
        for start, end, mapping in regions(pid):
            at, tail = start, b""
            while at < end:
                try:
                    memory.seek(at)
                    block = memory.read(min(CHUNK, end - at))
                except (OSError, ValueError):  # unmapped meanwhile, or never readable
                    break
                if not block:
                    break
                text = tail + block
                for name, needle in needles.items():
                    place = text.find(needle)
                    while place >= 0:
                        hits.setdefault(name, []).append((at - len(tail) + place, mapping))
                        place = text.find(needle, place + 1)
                at += len(block)
                tail = text[-overlap:] if overlap else b""
    return hits
