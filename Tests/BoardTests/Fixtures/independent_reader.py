#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads device trees with pylibfdt and says where registers and interrupts end.

A second opinion for the tests, written without a look at the Swift reader: addresses are plain integers, a bus is a
function from interval to interval, interrupts are followed by recursion. Output is JSON on standard output:

    { tree: { node path: { "addresses": [[address, size], ..], "interrupts": [intid, ..] } } }

Addresses are those of `reg` entries that reach the CPUs' address map and have a size, as decimal text. Interrupts are
those that end at the GIC in a way this reader knows; nodes with another kind have "interrupts": null.

Usage: independent_reader.py FOLDER TREE..
"""
import json
import os
import struct
import sys

import libfdt


class Unknown(Exception):
    """The interrupt goes a way that this reader does not know."""


class Node:
    def __init__(self, name, parent):
        self.name, self.parent, self.children, self.properties = name, parent, [], {}
        self.path = "/" if parent is None else parent.path.rstrip("/") + "/" + name

    def cells(self, name):
        data = self.properties.get(name)
        return None if data is None else list(struct.unpack(">%dI" % (len(data) // 4), data[: len(data) // 4 * 4]))

    def cell(self, name, default=None):
        cells = self.cells(name)
        return cells[0] if cells else default

    def texts(self, name):
        return [part.decode() for part in self.properties.get(name, b"").split(b"\0") if part]

    def enabled(self):
        return all(node.texts("status") in ([], ["okay"], ["ok"]) for node in self.ancestry())

    def ancestry(self):
        node = self
        while node is not None:
            yield node
            node = node.parent


def number(cells):
    return int.from_bytes(b"".join(struct.pack(">I", cell) for cell in cells), "big")


def load(path):
    with open(path, "rb") as file:
        fdt = libfdt.Fdt(file.read())
    nodes = []

    def walk(offset, parent):
        node = Node(fdt.get_name(offset), parent)
        nodes.append(node)
        place = fdt.first_property_offset(offset, [libfdt.NOTFOUND])
        while place >= 0:
            found = fdt.get_property_by_offset(place)
            node.properties[found.name] = bytes(found)
            place = fdt.next_property_offset(place, [libfdt.NOTFOUND])
        child = fdt.first_subnode(offset, [libfdt.NOTFOUND])
        while child >= 0:
            node.children.append(walk(child, node))
            child = fdt.next_subnode(child, [libfdt.NOTFOUND])
        return node

    walk(0, None)
    return nodes


# Addresses


def is_pci(bus):
    return bus.texts("device_type") in (["pci"], ["pciex"]) or (
        "device_type" not in bus.properties and bus.name.split("@")[0] == "pcie" and bus.cell("#address-cells") == 3
    )


def split(bus, cells):
    """(space, address) of an address on a bus: PCI's high cell says which space."""
    if is_pci(bus):
        space = cells[0] >> 24 & 3
        return ({0: "configuration", 1: "io"}.get(space, "memory"), number(cells[1:]))
    return ("", number(cells))


def up(bus, cells):
    """The cells of an address on `bus`, as the bus's parent writes them; None if it does not come through."""
    ranges = bus.properties.get("ranges")
    if ranges is None:
        return None
    space, address = split(bus, cells)
    if space == "configuration":
        return None
    wide = bus.parent.cell("#address-cells", 2)
    if not ranges:
        cells = cells[-wide:] if len(cells) > wide else cells
        return [0] * (wide - len(cells)) + cells
    narrow, size = bus.cell("#address-cells", 2), bus.cell("#size-cells", 1)
    rows = bus.cells("ranges")
    for start in range(0, len(rows), narrow + wide + size):
        row = rows[start : start + narrow + wide + size]
        row_space, low = split(bus, row[:narrow])
        if row_space == space and low <= address < low + number(row[narrow + wide :]):
            target = number(row[narrow : narrow + wide]) + address - low
            return list(struct.unpack(">%dI" % wide, target.to_bytes(4 * wide, "big")))
    return None


def addresses(node):
    bus = node.parent
    if bus is None or "reg" not in node.properties:
        return []
    wide, size = bus.cell("#address-cells", 2), bus.cell("#size-cells", 1)
    found, rows = [], node.cells("reg")
    for start in range(0, len(rows), wide + size or 1):
        cells, length = rows[start : start + wide], number(rows[start + wide : start + wide + size])
        above = bus
        while size and cells is not None and above.parent is not None:
            cells, above = up(above, cells), above.parent
        if size and cells is not None and length:
            found.append([str(number(cells)), str(length)])
    return found


# Interrupts

SAME_NUMBER = ("gpc", "ictlr", "r-intc", "sysirq")
MESSAGES = ("marvell,cp110-icu", "hisilicon,mbigen", "ti,sci-int", "amlogic,meson-gpio-intc", "gpio-intc")
SHORT_MAPS = "extirq"


class Interrupts:
    def __init__(self, nodes):
        self.by_phandle = {node.cell("phandle"): node for node in nodes if "phandle" in node.properties}

    def parent(self, node):
        while True:
            if "interrupt-parent" in node.properties:
                node = self.by_phandle.get(node.cell("interrupt-parent"))
            else:
                node = node.parent
            if node is None or "#interrupt-cells" in node.properties:
                return node

    def of(self, node, hops=0):
        if hops > 8:
            raise Unknown
        if "interrupts-extended" in node.properties:
            cells, found = node.cells("interrupts-extended"), []
            while cells:
                controller = self.by_phandle[cells[0]]
                count = controller.cell("#interrupt-cells")
                found.append(self.end(controller, cells[1 : 1 + count], node, hops))
                cells = cells[1 + count :]
            return found
        cells = node.cells("interrupts")
        if cells is None:
            return []
        controller = self.parent(node)
        if controller is None:
            raise Unknown
        count = controller.cell("#interrupt-cells")
        return [
            self.end(controller, cells[start : start + count], node, hops)
            for start in range(0, len(cells) - count + 1, count)
        ]

    def end(self, controller, specifier, source, hops):
        names = controller.texts("compatible")
        if any("gic" in name.split(",")[-1] and "agic" not in name for name in names):
            kind, line = specifier[0], specifier[1]
            if kind == 0 and line < 988:
                return 32 + line
            if kind == 1 and line < 16:
                return 16 + line
            raise Unknown
        if any(SHORT_MAPS in name for name in names):
            rows = controller.cells("interrupt-map")
            while rows:
                parent = self.by_phandle[rows[2]]
                count = parent.cell("#interrupt-cells")
                if rows[0] == specifier[0]:
                    return self.end(parent, rows[3 : 3 + count], controller, hops + 1)
                rows = rows[3 + count :]
            raise Unknown
        if "interrupt-map" in controller.properties:
            return self.through_map(controller, specifier, source, hops)
        if any(name.endswith(SAME_NUMBER) for name in names):
            return self.end(self.parent(controller), specifier, controller, hops + 1)
        if any(name.endswith("-pdc") or name == "qcom,pdc" for name in names):
            rows = controller.cells("qcom,pdc-ranges")
            for start in range(0, len(rows), 3):
                pin, line, count = rows[start : start + 3]
                if pin <= specifier[0] < pin + count:
                    gic = self.parent(controller)
                    width = gic.cell("#interrupt-cells")
                    return self.end(gic, [0, line + specifier[0] - pin, 0, 0][:width], controller, hops + 1)
            raise Unknown
        if any(name.startswith(MESSAGES) or name.endswith(MESSAGES) for name in names):
            raise Unknown
        own = self.of(controller, hops + 1)
        if len(own) != 1 or "interrupt-controller" not in controller.properties:
            raise Unknown
        return own[0]

    def through_map(self, nexus, specifier, source, hops):
        wide, count = nexus.cell("#address-cells", 2), nexus.cell("#interrupt-cells")
        unit = (source.cells("reg") or [0] * wide)[:wide]
        mask = nexus.cells("interrupt-map-mask") or [0xFFFFFFFF] * (wide + count)
        wanted = [cell & bits for cell, bits in zip(unit + specifier, mask)]
        rows = nexus.cells("interrupt-map")
        while rows:
            key, parent = rows[: wide + count], self.by_phandle[rows[wide + count]]
            skip = parent.cell("#address-cells", 0)
            length = parent.cell("#interrupt-cells")
            rest = rows[wide + count + 1 :]
            if [cell & bits for cell, bits in zip(key, mask)] == wanted:
                return self.end(parent, rest[skip : skip + length], nexus, hops + 1)
            rows = rest[skip + length :]
        raise Unknown


def describe(path):
    nodes = load(path)
    interrupts = Interrupts(nodes)
    result = {}
    for node in nodes:
        try:
            lines = interrupts.of(node)
        except (Unknown, KeyError, IndexError, TypeError, AttributeError):
            lines = None
        found = addresses(node)
        if found or lines != []:
            result[node.path] = {"addresses": found, "interrupts": lines}
    return result


if __name__ == "__main__":
    folder, trees = sys.argv[1], sys.argv[2:]
    json.dump({tree: describe(os.path.join(folder, tree)) for tree in trees}, sys.stdout)
