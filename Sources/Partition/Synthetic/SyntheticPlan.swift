import Board
import DeviceTree
import Diagnostics
import Manifest
import Ownership

/// Plans far larger than any person writes, to measure how the rules scale.
public enum SyntheticPlan {
  /// Where the regions start, in bytes: above 4 GiB.
  private static let base: UInt64 = 0x1_0000_0000

  /// A plan with `regions` regions of one page each, dealt to `domains` domains in turn, so that neighbours always have
  /// different owners; every other page is free. No rule finds anything in it.
  ///
  /// - Parameter clash: makes the last region the same page as the first, which belongs to another domain unless there
  ///   is only one.
  /// - Throws: `InputError` if the numbers are out of range: at least one domain and region, at most 1,000 domains and
  ///   2^24 regions.
  public static func draft(regions: Int, domains: Int, clash: Bool = false) throws(InputError) -> Draft {
    guard (1...1000).contains(domains), (1...1 << 24).contains(regions) else {
      throw failure("\(regions) regions in \(domains) domains are out of range")
    }
    let text = manifest(domains: domains)
    let reading = try ManifestReader.read(text: text, file: "synthetic.yaml")
    guard let manifest = reading.manifest, let board = board(cpus: domains, regions: regions) else {
      throw failure("the synthetic manifest or board cannot be made")
    }
    return inflate(Planner.plan(manifest, on: board).draft, regions: regions, clash: clash)
  }

  private static func failure(_ message: String) -> InputError {
    InputError(Finding(PartitionRules.noRoom, .error, message, subjects: ["synthetic"], help: "choose other numbers"))
  }

  private static func manifest(domains: Int) -> String {
    var text = "manifest: 1\nname: synthetic\nboard: generic\ndevice-tree: synthetic.dtb\ndomains:\n"
    for index in 0..<domains { text += "  d\(index): { cpus: [\(index)], memory: 4 KiB, console: none }\n" }
    return text
  }

  /// A board with nothing but CPUs, a GICv3 and enough RAM.
  private static func board(cpus: Int, regions: Int) -> Board? {
    var root = TreeNode("")
    root.set("#address-cells", cells: [2])
    root.set("#size-cells", cells: [2])
    var group = TreeNode("cpus")
    group.set("#address-cells", cells: [1])
    group.set("#size-cells", cells: [0])
    for index in 0..<cpus {
      var cpu = TreeNode("cpu@" + String(index, radix: 16))
      cpu.set("device_type", "cpu")
      cpu.set("reg", cells: [UInt32(index % 256 | index / 256 << 8)])
      group.children.append(cpu)
    }
    var memory = TreeNode("memory@40000000")
    memory.set("device_type", "memory")
    memory.set("reg", numbers: [0x4000_0000, base - 0x4000_0000 + UInt64(regions) * 2 * Granule.page])
    var controller = TreeNode("interrupt-controller@8000000")
    controller.set("compatible", "arm,gic-v3")
    controller.set("#interrupt-cells", cells: [3])
    controller.set(flag: "interrupt-controller")
    controller.set("reg", numbers: [0x800_0000, 0x1_0000, 0x1000_0000, UInt64(cpus) * 0x2_0000])
    root.children = [group, memory, controller]
    guard let blob = try? root.flattened(), let tree = try? DeviceTree(blob: blob) else { return nil }
    return Board.read(name: "generic", tree: tree, treeFile: "synthetic.dtb", description: .generic)
  }

  private static func inflate(_ draft: Draft, regions: Int, clash: Bool) -> Draft {
    let count = draft.domains.count
    var memory = [[RegionDraft]](repeating: [], count: count)
    for index in 0..<regions {
      let owner = index % count
      let place = clash && index == regions - 1 ? 0 : UInt64(index)
      guard let declaration = draft.domains[owner].memory.first?.declaration,
        let pages = AddressRange(base: base + place * 2 * Granule.page, size: Granule.page)
      else { continue }
      memory[owner].append(
        RegionDraft(
          declaration: declaration, index: memory[owner].count, region: MemoryRegion(physical: pages, guest: pages)))
    }
    return Draft(
      manifest: draft.manifest, board: draft.board, ram: draft.ram, disabled: draft.disabled,
      hypervisorMemory: draft.hypervisorMemory, hypervisorStripes: draft.hypervisorStripes,
      hypervisorConsole: draft.hypervisorConsole,
      hypervisorDevices: draft.hypervisorDevices,
      domains: zip(draft.domains, memory).map { $0.withMemory($1) }, channels: draft.channels,
      colouring: draft.colouring, providerTable: draft.providerTable)
  }
}

extension DomainDraft {
  /// The domain with other RAM and nothing loaded.
  fileprivate func withMemory(_ memory: [RegionDraft]) -> DomainDraft {
    DomainDraft(
      declaration: declaration, index: index, cpus: cpus, memory: memory, devices: devices,
      reservedMemory: reservedMemory, console: console, interruptController: interruptController, payloads: [],
      entry: nil, firmwareCalls: firmwareCalls)
  }
}
