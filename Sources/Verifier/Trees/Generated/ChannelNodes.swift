import DeviceTree
import Manifest
import Ownership

/// Channels (`dts/bindings/bulkhead,channel.yaml`): a node for each that the manifest gives the domain, at memory that
/// stage 2 maps with the right of its role, and none of that memory without a node.
struct ChannelNodes {
  private(set) var faults: [TreeFault] = []
  /// By name: the physical memory.
  private(set) var places: [String: AddressRange] = [:]

  /// Looks at every channel of a tree.
  init(_ match: TreeMatch, _ map: GuestMap, _ record: DomainReading) {
    let name = match.domain.declaration.name.value
    let all = match.board.manifest.channels.filter { channel in
      channel.kind.value == .memory && (channel.writer.value == name || channel.readers.contains { $0.value == name })
    }
    let channels = all.filter { $0.form(for: name) == .memory }
    var shown: [AddressRange] = []
    let devices = ExpectedChannelDevices.records(of: record, in: match.board.manifest)
    for node in match.tree.nodes where match.origins[node.index] == .channel {
      guard let label = node.property("label")?.string, let channel = channels.first(where: { $0.name.value == label })
      else {
        faults.append(TreeFault(path: node.path, property: "label", message: "names no channel of the domain"))
        continue
      }
      if let range = look(
        node, channel, isWriter: channel.writer.value == name, match, map, device: devices[label])
      {
        shown.append(range)
      }
    }
    shown += functions(match, map, record, all.filter { $0.form(for: name) == .pci }, name)
    for channel in all where places[channel.name.value] == nil {
      let words = "lacks the channel \(channel.name.value)"
      faults.append(TreeFault(path: "/", property: "", message: words))
    }
    let mapped = map.addresses(.channelReader, .channelWriter)
    for run in mapped.subtracting(AddressSet(shown)).runs {
      let words = "does not show the channel's memory at \(run), which stage 2 maps"
      faults.append(TreeFault(path: "/", property: "", message: words))
    }
  }

  /// Channels that the domain sees as PCI functions: pages of the manifest's size that stage 2 maps as the role needs them.
  private mutating func functions(
    _ match: TreeMatch, _ map: GuestMap, _ record: DomainReading, _ channels: [ChannelDeclaration], _ name: String
  ) -> [AddressRange] {
    let nodes = FunctionNodes(match, record)
    faults += nodes.faults
    return channels.compactMap { channel in
      guard let range = nodes.places[channel.name.value] else { return nil }
      let kind: GuestMap.Kind = channel.writer.value == name ? .channelWriter : .channelReader
      let physical = map.physical(range, kind: kind)
      if physical != range || range.size != channel.size.value.roundedUp(to: Granule.page) {
        let words =
          "shows the channel \(channel.name.value) at \(range), which stage 2 does not map there as its role needs"
        faults.append(TreeFault(path: "/", property: "", message: words))
      }
      places[channel.name.value] = physical ?? range
      return range
    }
  }

  private mutating func look(
    _ node: Node, _ channel: ChannelDeclaration, isWriter: Bool, _ match: TreeMatch, _ map: GuestMap,
    device: VirtualDeviceReading?
  ) -> AddressRange? {
    func fault(_ property: String, _ words: String) {
      faults.append(TreeFault(path: node.path, property: property, message: words))
    }
    let entries = match.tree.registers(of: node).entries
    guard entries.count == (device?.registers == nil ? 1 : 2), let base = entries[0].address,
      let range = AddressRange(base: base, size: entries[0].size),
      node.name == "channel@\(String(base, radix: 16))"
    else {
      fault("reg", "is not the channel's range, which starts where the node's name says, and that of its doorbell")
      return nil
    }
    faults += NodeForm { form in
      form.set("compatible", "bulkhead,channel")
      form.set("reg", numbers: [range.base, range.size] + (device?.registers.map { [$0.base, $0.size] } ?? []))
      if let intid = device?.intid { form.set("interrupts", cells: InterruptCells.level(intid)) }
      form.set("label", channel.name.value)
      form.set("bulkhead,role", isWriter ? "writer" : "reader")
    }.faults(of: node)
    if range.size != channel.size.value.roundedUp(to: Granule.page) {
      fault("reg", "has \(range.size) bytes, and the manifest asks for \(channel.size.value)")
    }
    let physical = map.physical(range, kind: isWriter ? .channelWriter : .channelReader)
    if physical != range {
      fault(
        "reg", "promises \(range), which stage 2 does not map there as a \(isWriter ? "writer" : "reader") needs it")
    }
    if places.updateValue(physical ?? range, forKey: channel.name.value) != nil {
      fault("label", "is that of another node as well")
    }
    return range
  }
}
