"""Reads capture files: Ethernet frames, put together again into two streams of bytes a connection."""

import struct
from dataclasses import dataclass, field


class Mismatch(Exception):
    pass


class Unanswered(Mismatch):
    pass


def demand(truth, *words):
    if not truth:
        raise Mismatch(" ".join(map(str, words)))


@dataclass
class Stream:
    first: int = None
    data: bytearray = field(default_factory=bytearray)
    ended: int = None  # the number of the frame


def connections(path):
    with open(path, "rb") as file:
        raw = file.read()
    demand(raw[:4] == b"\xd4\xc3\xb2\xa1" and raw[20:24] == b"\1\0\0\0", "not a pcap of Ethernet frames")
    position, open_ones, everyone = 24, {}, []
    while position < len(raw):
        (size,) = struct.unpack_from("<I", raw, position + 8)
        ip = raw[position + 16 + 14 : position + 16 + size]
        position += 16 + size
        header = 4 * (ip[0] & 15)
        tcp = ip[header : struct.unpack_from(">H", ip, 2)[0]]
        source, target, sequence = struct.unpack_from(">HHI", tcp)
        flags, payload = tcp[13], tcp[4 * (tcp[12] >> 4) :]
        if flags & 0x12 == 2:
            open_ones[source] = (Stream(), Stream())
            everyone.append(open_ones[source])
        stream = open_ones[source][0] if source in open_ones else open_ones[target][1]
        if flags & 2:
            stream.first = sequence + 1
        elif stream.first is not None:
            start = (sequence - stream.first) & 0xFFFFFFFF
            demand(start <= len(stream.data) or not payload, "a hole in the stream")
            if start + len(payload) > len(stream.data) and payload:
                stream.data[start:] = payload
        if flags & 5:
            stream.ended = stream.ended or position
    return everyone


def packets(data):
    """(sequence, payload), joined where a payload has 16 MiB or more."""
    position, whole = 0, b""
    while position + 4 <= len(data):
        size = int.from_bytes(data[position : position + 3], "little")
        whole += bytes(data[position + 4 : position + 4 + size])
        sequence = data[position + 3]
        demand(position + 4 + size <= len(data), "a packet is cut off")
        position += 4 + size
        if size < 0xFFFFFF:
            yield sequence, whole
            whole = b""
    demand(position == len(data), "bytes after the last packet")
