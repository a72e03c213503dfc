import Diagnostics
import Manifest
import Ownership

/// Puts a domain's kernel, files, device tree and initial RAM file system into its memory.
///
/// The kernel goes to the start of the first region, the tree to its end and the initrd below the tree, so that a kernel
/// that outgrows what it promised hits neither at once.
struct PayloadPlacer {
  /// The domain.
  let domain: DomainDeclaration
  /// Its RAM.
  private var space: GuestSpace
  /// Bytes of the slot for its generated tree.
  private let treeSlot: UInt64
  private var payloads: [PayloadDraft] = []
  private var findings: [Finding] = []
  private var entry: UInt64?
  private var kernelStart: UInt64?
  private var hasUnreadableInput = false

  /// What became of a domain's payloads.
  struct Result {
    let payloads: [PayloadDraft]
    let entry: UInt64?
    let findings: [Finding]
    let hasUnreadableInput: Bool
  }

  /// Linux maps the initial RAM file system if it lies with the kernel in one window of 32 GiB that starts at a multiple
  /// of 1 GiB (Documentation/arch/arm64/booting.rst, “Setup the device tree” and following).
  private static let ramDiskWindow: UInt64 = 32 << 30

  /// Prepares the placement of `domain` into `regions`, of which `avoided` is taken last.
  init(
    _ domain: DomainDeclaration, regions: [MemoryRegion], loaderRanges: [AddressRange], avoided: [AddressRange],
    treeSlot: UInt64
  ) {
    self.domain = domain
    self.treeSlot = treeSlot
    space = GuestSpace(regions, loaderRanges: loaderRanges, avoided: avoided)
  }

  /// Places everything.
  mutating func place() -> Result {
    // Files first: their addresses are not ours to choose. The kernel does not evade them; the rules name the overlap.
    var files: [PayloadDraft] = []
    for file in domain.files { files += fixed(file) }
    placeKernel()
    for payload in files {
      space.occupy(payload.guest)
      payloads.append(payload)
    }
    placeTree()
    placeRAMDisk()
    return Result(payloads: payloads, entry: entry, findings: findings, hasUnreadableInput: hasUnreadableInput)
  }

  // MARK: Kernel

  private mutating func placeKernel() {
    // A domain without one is only judged for what it owns (`board: generic`); elsewhere the manifest's reader refuses it.
    guard let reference = domain.kernel else { return }
    guard
      let kernel = inspect(reference, "kernel", { path throws(PayloadProblem) in try PayloadInspector.kernel(path) })
    else { return }
    switch kernel.format {
    case .image(let header): place(header, kernel, reference)
    case .elf(let program): place(program, kernel, reference)
    case .raw: placeRaw(kernel, reference)
    }
  }

  private mutating func place(_ header: ImageHeader, _ kernel: InspectedKernel, _ reference: Located<String>) {
    refuseAddresses(of: "an arm64 Image, which says itself where it belongs")
    let size = max(header.imageSize, kernel.fileSize)
    guard let place = space.lowest(size: size, alignment: Granule.block2MiB, offset: header.textOffset) else {
      refuse("kernel", size, "at a multiple of 2 MiB", reference.span, further: [header.textOffset, treeSlot])
      return
    }
    entry = place.base
    kernelStart = place.base - header.textOffset
    add(.kernel, kernel.file, size: kernel.fileSize, at: place, reference.span)
  }

  private mutating func place(_ program: ProgramFile, _ kernel: InspectedKernel, _ reference: Located<String>) {
    refuseAddresses(of: "an ELF file, which says itself where it belongs")
    entry = program.entry
    for segment in program.segments {
      guard let guest = AddressRange(base: segment.address, size: segment.memorySize) else { continue }
      add(.kernel, kernel.file, offset: segment.offset, size: segment.fileSize, at: guest, reference.span)
      kernelStart = min(kernelStart ?? .max, guest.base)
    }
  }

  private mutating func placeRaw(_ kernel: InspectedKernel, _ reference: Located<String>) {
    guard let load = domain.load?.value ?? space.first?.guest.base else { return }
    guard let guest = AddressRange(base: load, size: kernel.fileSize) else {
      findings.append(pastTheEnd("load", load, kernel.fileSize, domain.load?.span ?? reference.span))
      return
    }
    entry = domain.entry?.value ?? load
    kernelStart = load
    add(.kernel, kernel.file, size: kernel.fileSize, at: guest, domain.load?.span ?? reference.span)
  }

  /// `load:` and `entry:` say nothing about a kernel with a header of its own.
  private mutating func refuseAddresses(of what: String) {
    for (key, address) in [("load", domain.load), ("entry", domain.entry)] {
      guard let address else { continue }
      let finding = Finding(
        PartitionRules.needlessAddress, .error,
        "domains.\(name).\(key) is \(address.value.hexadecimal), and the kernel is \(what)",
        subjects: [subject], resource: ResourceReference(.payload, domain.kernel?.value), domains: [name],
        spans: [address.span, domain.kernel?.span], labels: ["the kernel"],
        help: "take `\(key):` out; it is for raw code only")
      findings.append(finding)
    }
  }

  // MARK: Files, tree and initial RAM file system

  private mutating func fixed(_ file: FileDeclaration) -> [PayloadDraft] {
    guard let size = inspect(file.path, "files", { path throws(PayloadProblem) in try PayloadInspector.file(path) })
    else { return [] }
    guard let guest = AddressRange(base: file.load.value, size: size) else {
      findings.append(pastTheEnd("files", file.load.value, size, file.load.span))
      return []
    }
    return [
      PayloadDraft(
        role: .file, file: file.path.value, offset: 0, fileSize: size, guest: guest, runs: space.runs(of: guest),
        span: file.load.span ?? file.path.span)
    ]
  }

  private mutating func placeTree() {
    guard space.first != nil else { return }
    var slot = treeSlot
    // A generated tree's size is known when it is made.
    var fileSize: UInt64 = 0
    if let reference = domain.deviceTree {
      guard
        let size = inspect(reference, "device-tree", { path throws(PayloadProblem) in try PayloadInspector.file(path) })
      else { return }
      slot = size.roundedUp(to: Granule.page) ?? size
      fileSize = size
    }
    guard let place = space.highest(size: slot, below: .max) else {
      refuse("device tree", slot, "beside the other payloads", domain.deviceTree?.span ?? domain.span)
      return
    }
    add(.deviceTree, domain.deviceTree?.value, size: fileSize, at: place, domain.deviceTree?.span ?? domain.span)
  }

  private mutating func placeRAMDisk() {
    guard let reference = domain.initrd,
      let size = inspect(reference, "initrd", { path throws(PayloadProblem) in try PayloadInspector.ramDisk(path) }),
      space.first != nil
    else { return }
    let window = (kernelStart ?? 0).roundedDown(to: Granule.block1GiB)
    let (ceiling, overflow) = window.addingReportingOverflow(Self.ramDiskWindow - 1)
    guard let place = space.highest(size: size, below: overflow ? .max : ceiling) else {
      refuse("initrd", size, "beside the other payloads", reference.span)
      return
    }
    add(.initrd, reference.value, size: size, at: place, reference.span)
  }

  private mutating func add(
    _ role: PlacedPayload.Role, _ file: String?, offset: UInt64 = 0, size: UInt64, at guest: AddressRange,
    _ span: SourceSpan?
  ) {
    space.occupy(guest)
    payloads.append(
      PayloadDraft(
        role: role, file: file, offset: offset, fileSize: size, guest: guest, runs: space.runs(of: guest),
        span: span))
  }

  // MARK: Findings

  private var name: String { domain.name.value }
  private var subject: String { "domains.\(name)" }

  /// Looks at a file; what is wrong with it becomes a finding.
  private mutating func inspect<Answer>(
    _ reference: Located<String>, _ field: String, _ look: (String) throws(PayloadProblem) -> Answer
  ) -> Answer? {
    do throws(PayloadProblem) {
      return try look(reference.value)
    } catch {
      findings.append(PayloadFindings.finding(error, reference, field: "domains.\(name).\(field)", domain: name))
      hasUnreadableInput = hasUnreadableInput || error.isUnreadableInput
      return nil
    }
  }

  /// Reports that something has no room, unless that follows from what is reported anyway: memory without a place or of
  /// no whole pages, another payload that does not fit.
  ///
  /// - Parameter further: Bytes that are needed besides, as by what is placed later.
  private mutating func refuse(
    _ what: String, _ size: UInt64, _ condition: String, _ span: SourceSpan?, further: [UInt64] = []
  ) {
    guard let first = space.first, let declared = domain.memory.first, declared.size.value % Granule.page == 0,
      !payloads.contains(where: \.runs.isEmpty),
      !findings.contains(where: { $0.rule == PartitionRules.noRoomForPayload.id })
    else { return }
    let needed = (payloads.map(\.guest.size) + further).reduce(size) { sum, part in
      let (sum, overflow) = sum.addingReportingOverflow(part)
      return overflow ? .max : sum
    }
    let enough = needed.roundedUp(to: Granule.block2MiB).map { "at least \($0.byteCount) large" } ?? "larger"
    findings.append(
      Finding(
        PartitionRules.noRoomForPayload, .error,
        "the \(what) of domains.\(name) needs \(size.byteCount) \(condition), and the first memory region has "
          + "\(first.guest.size.byteCount) from \(first.guest.base.hexadecimal)",
        subjects: [subject], resource: ResourceReference(.payload), domains: [name],
        spans: [span, declared.span], labels: ["the first memory region"],
        help: "make the first entry of domains.\(name).memory \(enough)"))
  }

  private func pastTheEnd(_ key: String, _ address: UInt64, _ size: UInt64, _ span: SourceSpan?) -> Finding {
    Finding(
      PartitionRules.noRoomForPayload, .error,
      "domains.\(name).\(key) puts \(size.byteCount) at \(address.hexadecimal), which runs past 2^64",
      subjects: [subject],
      resource: ResourceReference(.payload, address.hexadecimal), domains: [name], spans: [span],
      help: "choose an address inside the domain's memory")
  }
}
