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
  init(_ match: TreeMatch, _ map: GuestMap) {
    let name = match.domain.declaration.name.value
    let channels = match.board.manifest.channels.filter { channel in
      channel.kind.value == .memory && (channel.writer.value == name || channel.readers.contains { $0.value == name })
    }
    var shown: [AddressRange] = []
    for node in match.tree.nodes where match.origins[node.index] == .channel {
      guard let label = node.property("label")?.string, let channel = channels.first(where: { $0.name.value == label })
      else {
        faults.append(TreeFault(path: node.path, property: "label", message: "names no channel of the domain"))
        continue
      }
      if let range = look(node, channel, isWriter: channel.writer.value == name, match, map) { shown.append(range) }
    }
    for channel in channels where places[channel.name.value] == nil {
      let words = "lacks the channel \(channel.name.value)"
      faults.append(TreeFault(path: "/", property: "", message: words))
    }
    let mapped = map.addresses(.channelReader, .channelWriter)
    for run in mapped.subtracting(AddressSet(shown)).runs {
      let words = "does not show the channel's memory at \(run), which stage 2 maps"
      faults.append(TreeFault(path: "/", property: "", message: words))
    }
  }

  private mutating func look(
    _ node: Node, _ channel: ChannelDeclaration, isWriter: Bool, _ match: TreeMatch, _ map: GuestMap
  ) -> AddressRange? {
    func fault(_ property: String, _ words: String) {
      faults.append(TreeFault(path: node.path, property: property, message: words))
    }
    let entries = match.tree.registers(of: node).entries
    guard entries.count == 1, let base = entries[0].address,
      let range = AddressRange(base: base, size: entries[0].size),
      node.name == "channel@\(String(base, radix: 16))"
    else {
      fault("reg", "is not one range that starts where the node's name says")
      return nil
    }
    faults += NodeForm { form in
      form.set("compatible", "bulkhead,channel")
      form.set("reg", numbers: [range.base, range.size])
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
