import DeviceTree
import Ownership

extension DeviceDetail {
  /// The details as text for a terminal, in sections, without a line break at the end.
  public var text: String {
    var lines = ["\(path)  \(compatible.joined(separator: ", "))"]
    lines += verdict
    if let device = device?.device {
      lines += section("registers", device.registers.map { "\($0)" })
      lines += section("PCI windows", device.pciWindows.map { "\($0)" })
      lines += section("interrupts", device.interrupts.map(Self.words))
      lines += section("interrupts that do not end at the GIC", device.unresolvedInterrupts.map(Self.words))
      lines += section("DMA streams", device.streams.map(Self.words))
      lines += section("DMA addresses are no CPU addresses", device.dmaWindows.map(Self.words))
    }
    lines += section("comes along", children)
    lines += outline.isEmpty ? [] : ["", "needs, directly or through others:"] + outline
    lines += section("looks like a reference, but Bulkhead does not know it", suspects)
    lines += section("malformed", faults.map { "\($0.path): \($0.property) \($0.message)" })
    lines += consequences
    return lines.joined(separator: "\n")
  }

  private var verdict: [String] {
    guard let device else { return ["has no registers, interrupts or streams of its own"] }
    guard device.isAssignable else { return device.obstacles.map { "cannot be assigned: \($0)" } }
    var lines = [
      conflicts.isEmpty
        ? "can be assigned on its own" : "can be assigned together with those that it cannot be separated from"
    ]
    if device.isUnprotectedMaster {
      lines.append("starts DMA that no live SMMU holds: its manifest entry has to say `dma: unprotected`")
    } else if device.device.isDMAMaster {
      lines.append("starts DMA, held by an SMMU")
    } else {
      lines.append("starts no DMA")
    }
    if let reason = device.stopReason { lines.append("can stop the whole board, because \(reason.words)") }
    return lines
  }

  private func section(_ title: String, _ items: [String]) -> [String] {
    items.isEmpty ? [] : ["", "\(title):"] + items.map { "  " + $0 }
  }

  private static func words(_ interrupt: ResolvedInterrupt) -> String {
    let via = interrupt.via.isEmpty ? "" : ", through \(interrupt.via.joined(separator: ", "))"
    return "\(interrupt.intid) (\(interrupt.name), \(interrupt.isEdge ? "edge" : "level")\(via))"
  }

  private static func words(_ entry: InterruptEntry) -> String {
    switch entry.end {
    case .unknown(let reason, _): "entry \(entry.index): \(reason)"
    case .malformed: "entry \(entry.index): malformed"
    case .gic(let interrupt): words(interrupt)
    }
  }

  private static func words(_ window: DMAWindow) -> String {
    "\(window.address.hexadecimal), \(window.size.byteCount), is the CPUs' \(window.cpuAddress.hexadecimal)"
  }

  private static func words(_ stream: DMAStream) -> String {
    let mask = stream.mask == 0 ? "" : " mask \(UInt64(stream.mask).hexadecimal)"
    let state = stream.isLive ? "" : ", which is disabled"
    return "\(UInt64(stream.stream).hexadecimal)\(mask) on \(stream.smmu)\(state) (from \(stream.source))"
  }
}
