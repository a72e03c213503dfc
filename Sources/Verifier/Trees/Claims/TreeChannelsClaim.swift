import DeviceTree
import Diagnostics
import Ownership

/// BH-VER-055: a tree shows the domain's channels where and as they are.
enum TreeChannelsClaim: ProofClaim {
  static let description = RuleDescription(
    "BH-VER-055", title: "device trees show the domain's channels",
    requirement:
      "A generated device tree shall have a node, or where the manifest says so a PCI function as the records have it, for "
      + "each channel of the manifest that the domain writes or reads, "
      + "at memory that stage 2 maps with that right and that is the same on all sides, and stage 2 shall map no other"
      + " channel memory.",
    hazard: "Two domains talk past each other, or a guest writes where it may only read.",
    applicability: "Device trees that Bulkhead generates.",
    example: "bulkhead verify build/cockpit   # bulkhead,role of a reader was changed to writer")

  static func examine(_ system: FinishedSystem, _ context: VerificationContext) -> ClaimOutcome {
    var places: [String: AddressRange] = [:]
    return TreeCase.outcome(description, system, context, "channel ends") { tree in
      let nodes = ChannelNodes(tree.match, tree.map, tree.record)
      var faults = nodes.faults
      for (name, place) in nodes.places.sorted(by: { $0.key < $1.key }) {
        if let other = places.updateValue(place, forKey: name), other != place {
          let words = "leads to \(place), and another domain's node to \(other)"
          faults.append(TreeFault(path: "channel \(name)", property: "reg", message: words))
        }
      }
      return (nodes.places.count, faults)
    }
  }
}
