import DeviceTree

/// Which pins the groups of a ZynqMP's pin controller have.
///
/// Trees name pins by groups (`uart0_4_grp`); the firmware takes pins. The groups are those of UG1085, table 28-1 (MIO
/// interfaces), in the numbering of the firmware.
enum PinGroups {
  /// The pins that a state, or a part of one, sets, and the groups whose pins are not known.
  static func pins(of state: Node, on tree: DeviceTree) -> (known: [UInt32], unknown: [String]) {
    var known: Set<UInt32> = []
    var unknown: Set<String> = []
    for node in tree.subtree(of: state) {
      for pin in node.property("pins")?.strings ?? [] {
        if let number = mio(pin) { known.insert(number) } else { unknown.insert(pin) }
      }
      for group in node.property("groups")?.strings ?? [] {
        if let pins = pins(ofGroup: group) { known.formUnion(pins) } else { unknown.insert(group) }
      }
    }
    return (known.sorted(), unknown.sorted())
  }

  /// Every pin and group that a state, or a part of one, names.
  static func names(of state: Node, on tree: DeviceTree) -> [String] {
    tree.subtree(of: state).flatMap { node in
      ["pins", "groups"].flatMap { node.property($0)?.strings ?? [] }
    }
  }

  /// `MIO18`
  private static func mio(_ name: String) -> UInt32? {
    guard name.hasPrefix("MIO"), let number = UInt32(name.dropFirst(3)), number < count else { return nil }
    return number
  }

  /// Pins of the multiplexed I/O.
  private static let count: UInt32 = 78

  private static func pins(ofGroup group: String) -> ClosedRange<UInt32>? {
    guard group.hasSuffix("_grp") else { return nil }
    let name = group.dropLast(4)
    if let pins = fixed[String(name)] { return pins }
    guard let separator = name.lastIndex(of: "_"), let index = UInt32(name[name.index(after: separator)...]),
      let family = families[String(name[..<separator])]
    else { return nil }
    let (offset, overflow) = index.multipliedReportingOverflow(by: family.step)
    guard !overflow, offset < count, family.first + offset + family.width <= count else { return nil }
    return family.first + offset...family.first + offset + family.width - 1
  }

  /// Groups that repeat at regular distances: the first pin of group 0, the distance, the number of pins.
  private static let families: [String: (first: UInt32, step: UInt32, width: UInt32)] = [
    "gpio0": (0, 1, 1), "can0": (2, 4, 2), "can1": (0, 4, 2), "i2c0": (2, 4, 2), "i2c1": (0, 4, 2),
    "uart0": (2, 4, 2), "uart1": (0, 4, 2),
  ]

  /// Groups of an interface with one place.
  private static let fixed: [String: ClosedRange<UInt32>] = [
    "ethernet0_0": 26...37, "ethernet1_0": 38...49, "ethernet2_0": 52...63, "ethernet3_0": 64...75,
    "mdio0_0": 76...77, "mdio1_0": 50...51, "mdio1_1": 76...77, "mdio2_0": 76...77, "mdio3_0": 76...77,
    "usb0_0": 52...63, "usb1_0": 64...75,
  ]
}
