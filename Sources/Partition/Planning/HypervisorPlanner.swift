import Board
import Diagnostics
import Manifest
import Ownership

/// Chooses EL2's memory, its UART, and the device windows that it keeps.
struct HypervisorPlanner {
  /// The manifest.
  let manifest: Manifest
  /// The board.
  let board: Board
  /// Finds devices.
  let resolver: DeviceResolver

  /// What EL2 gets when the manifest does not say: enough for the runtime, its tables and 64 CPUs, in one block.
  static let defaultSize = Granule.block2MiB

  /// EL2's memory: the lowest suitable place in RAM, so that the domains do not move it.
  ///
  /// The image is loaded 2 MiB above `imageBase`: boot loaders that honour `text_offset` (QEMU among them) keep the very
  /// start for a stub of their own.
  func memory(in free: FreeMemory, _ colouring: Colouring?) -> (memory: MemoryRegion?, findings: [Finding]) {
    let wanted = manifest.hypervisor.memory?.value ?? (Self.defaultSize + (colouring.map(tables) ?? 0))
    guard wanted > 0, let size = wanted.roundedUp(to: Granule.page),
      let extent = Self.extent(of: size, colouring)
    else { return (nil, [noRoom(wanted, free)]) }
    var space = free
    for range in board.description.loaderRanges { space.take(range) }
    let floor = board.description.imageBase?.addingReportingOverflow(Granule.block2MiB).partialValue ?? 0
    let alignment = max(Granule.block2MiB, Stripes.row(colouring?.colourCount ?? 1))
    guard let memory = space.lowest(size: extent, alignment: alignment, from: floor) else {
      return (nil, [noRoom(extent, space)])
    }
    guard let colouring else { return (MemoryRegion(physical: memory, guest: memory), []) }
    let stripes = Stripes(
      base: memory.base, size: size, colourCount: colouring.colourCount, colours: colouring.hypervisor)
    return (stripes.map { MemoryRegion(stripes: $0, guest: $0.hull) }, [])
  }

  private static func extent(of size: UInt64, _ colouring: Colouring?) -> UInt64? {
    guard let colouring else { return size }
    return Stripes.extent(of: size, colourCount: colouring.colourCount, used: colouring.hypervisor.count)
  }

  /// Coloured memory is mapped page by page: a table for each 2 MiB, and one more for what hangs over an end.
  private func tables(_ colouring: Colouring) -> UInt64 {
    let regions = manifest.domains.flatMap(\.memory)
    return regions.reduce(0) { sum, region in
      let count = region.size.value / Granule.block2MiB + 2
      // The rules refuse more memory than there is; until then no sum may overflow.
      return min(sum, 1 << 60) + min(count, 1 << 40) * Granule.page
    }
  }

  private func noRoom(_ wanted: UInt64, _ space: FreeMemory) -> Finding {
    let span = manifest.hypervisor.memory?.span ?? manifest.board.span
    let others = manifest.hypervisor.colours.isEmpty ? "" : ", with the pages of other colours between its own,"
    return Finding(
      PartitionRules.noRoomForHypervisor, .error,
      "hypervisor.memory needs \(wanted.byteCount)\(others) at a multiple of 2 MiB, and the largest run of RAM that is left has "
        + space.largestRun.byteCount,
      subjects: ["hypervisor"], resource: ResourceReference(.memory), spans: [span],
      help: wanted == 0
        ? "take `hypervisor: memory:` out; the default is \(Self.defaultSize.byteCount)"
        : "give the board more RAM under `memory-banks:`, or reserve less")
  }

  /// EL2's UART: the manifest's, or the tree's `stdout-path` unless a domain has that device.
  /// What stands under `disabled:` is not used.
  func console(
    assigned: Set<String>, disabled: Set<String>
  ) -> (console: HypervisorConsole?, findings: [Finding]) {
    guard let reference = manifest.hypervisor.console else {
      guard let path = board.standardOutput, !assigned.union(disabled).contains(path),
        let device = resolver.device(at: path),
        device.isEnabled, isDrivable(device), let registers = device.registers.first
      else { return (nil, []) }
      return (HypervisorConsole(path: path, registers: registers, intid: sharedInterrupt(of: device)), [])
    }
    switch NodeLookup(tree: board.tree).node(reference, field: "hypervisor.console") {
    case .failure(let failure): return (nil, [failure.finding])
    case .success(let node):
      guard let device = resolver.device(at: node.path), device.isEnabled, !disabled.contains(node.path),
        let registers = device.registers.first
      else { return (nil, [unusable(reference, node.path, disabled)]) }
      return (HypervisorConsole(path: node.path, registers: registers, intid: sharedInterrupt(of: device)), [])
    }
  }

  /// On boards of the runtime's own the default is only taken if the runtime can drive it.
  private func isDrivable(_ device: Device) -> Bool {
    !board.description.isBootable || UARTKind(compatible: device.compatible) != nil
  }

  private func sharedInterrupt(of device: Device) -> UInt32? {
    device.interrupts.first { $0.kind == .shared }?.intid
  }

  private func unusable(_ reference: Located<String>, _ path: String, _ disabled: Set<String>) -> Finding {
    let state = resolver.device(at: path).map { $0.isEnabled ? "has no registers" : "is disabled in the device tree" }
    let why = disabled.contains(path) ? "stands under `disabled:`" : state
    return Finding(
      PartitionRules.unusableConsole, .error,
      "hypervisor.console names \(path), which \(why ?? "is no device with registers of its own")",
      subjects: [path, "hypervisor"], resource: ResourceReference(.console, path), spans: [reference.span],
      help: "name an enabled UART; without the key the device tree's stdout-path counts")
  }

  /// The whole pages that EL2 drives: its UART, the distributor, the redistributors of the CPUs there are (GICv3), or the
  /// CPU and hypervisor control interfaces (GICv2), and the SMMUs behind which devices of the domains stand.
  func devices(console: HypervisorConsole?, domains: [[DeviceDraft]]) -> [AddressRange] {
    var windows = [console?.registers].compactMap { $0 }
    let streams = Set(domains.joined().flatMap(\.claimedStreams).filter(\.isLive).map(\.smmu))
    windows += board.smmus.filter { streams.contains($0.path) }.flatMap(\.registers)
    if let controller = board.interruptController {
      windows.append(controller.distributor)
      windows +=
        controller.version == .two
        ? [controller.cpuInterfacePages, controller.hypervisorInterface].compactMap { $0 }
        : redistributors(of: controller)
    }
    return AddressSet(windows.map(\.pages)).runs
  }

  /// Redistributor regions are often larger than the CPUs need; what is behind the last CPU's is left out.
  private func redistributors(of controller: InterruptController) -> [AddressRange] {
    var left = UInt64(board.cpus.count)
    var windows: [AddressRange] = []
    for region in controller.redistributors where left > 0 && controller.redistributorStride > 0 {
      let count = max(1, min(left, region.size / controller.redistributorStride))
      let (size, overflow) = count.multipliedReportingOverflow(by: controller.redistributorStride)
      let used = overflow ? region : AddressRange(base: region.base, size: min(size, region.size)) ?? region
      windows.append(used)
      left -= min(left, count)
    }
    return windows
  }
}
