import BulkheadKit
import Foundation

@testable import Verifier

/// What a verifier would decode from an image of a plan, made from the plan and the written trees without any image:
/// for plans on boards that no runtime is built for.
struct PlannedSystem {
  /// What the plan lacks.
  struct Incomplete: Error {}

  let context: VerificationContext
  let system: FinishedSystem

  /// Writes the tree of every domain, but for those of the manifest's author, and puts them where the plan has them.
  init(_ plan: Plan) throws {
    context = VerificationContext(board: plan.board, manifest: plan.manifest, plan: plan.ownership)
    let blobs = try plan.domains.map { domain in
      if let file = domain.payloads.first(where: { $0.role == .deviceTree })?.file {
        return [UInt8](try Data(contentsOf: URL(filePath: file)))
      }
      return try DomainTreeWriter.tree(for: domain, in: plan)
    }
    let partition = try Self.partition(plan)
    let nothing = try Self.translation([])
    let domains = try zip(plan.domains, zip(partition.domains, blobs)).map { domain, read in
      FinishedDomain(
        record: read.0, stage2: try Self.translation(Self.leaves(domain, plan)), tree: try DeviceTree(blob: read.1),
        treeParts: [AddressRange(base: try Self.tree(domain).physical.base, size: UInt64(read.1.count))].compactMap {
          $0
        },
        treeFault: nil)
    }
    let memory = try MemoryImage(
      name: "planned", entry: 0,
      segments: zip(plan.domains, blobs).compactMap { domain, blob in
        let place = try Self.tree(domain).physical
        return ImageSegment(name: "tree", address: place.base, bytes: Data(blob), memorySize: place.size)
      })
    system = FinishedSystem(
      memory: memory, pieces: zip(plan.domains, blobs).flatMap { Self.pieces($0, $1) },
      hypervisor: HypervisorSections(
        base: 0, text: .everything, readOnlyData: .everything, data: .everything, partitionTable: 0, stackSize: 0,
        cpuStateSize: 0, domainStateSize: 0, memory: .everything, loadedMemory: .everything, textOffset: 0,
        isPlacedAnywhere: true),
      partition: partition, hypervisorMap: nothing, domains: domains)
  }

  /// Every claim on trees that fails, in words.
  var failures: [String] {
    ClaimBook.trees.flatMap { $0.examine(system, context).findings }.map { "\($0.rule.rawValue): \($0.message)" }
  }

  private static func tree(_ domain: DomainPlan) throws -> PlacedPayload {
    guard let tree = domain.payloads.first(where: { $0.role == .deviceTree }) else { throw Incomplete() }
    return tree
  }

  private static func pieces(_ domain: DomainPlan, _ blob: [UInt8]) -> [LoadedPiece] {
    domain.payloads.map { payload in
      LoadedPiece(
        role: payload.role.rawValue, owner: domain.name, file: payload.file, offset: 0, memory: payload.physical,
        size: payload.role == .deviceTree ? UInt64(blob.count) : payload.fileSize, sha256: nil)
    }
  }

  // MARK: Records

  private static func partition(_ plan: Plan) throws -> PartitionReading {
    var cpus: [CPUReading] = []
    var domains: [DomainReading] = []
    for (index, domain) in plan.domains.enumerated() {
      let first = cpus.count
      cpus += domain.cpus.enumerated().map { number, cpu in
        CPUReading(
          affinity: cpu.affinity, state: 0, redistributor: 0, domain: index, virtualIndex: UInt32(number),
          midr: 0, midrMask: 0, releaseAddress: 0)
      }
      domains.append(try record(domain, first..<cpus.count))
    }
    let timer = plan.board.timer
    return PartitionReading(
      range: .everything, hypervisor: .everything, translationTable: 0, translationControl: 0, memoryAttributes: 0,
      gicVersion: plan.board.interruptController?.version == .two ? 2 : 3, maintenanceINTID: 25, distributor: 0,
      cpuInterface: 0, hypervisorInterface: 0, consoleKind: 0, consoleINTID: 0, consoleBase: 0, consoleCPU: 0,
      cpuStart: 1, virtualTimerINTID: timer?.virtual ?? 27, physicalTimerINTID: timer?.physical ?? 30,
      hypervisorTimerINTID: timer?.hypervisor ?? 26, timerFrequency: 0, physicalAddressBits: 48, bootCPU: 0,
      machineFlags: 0, cpus: cpus, domains: domains)
  }

  private static func record(_ domain: DomainPlan, _ cpus: Range<Int>) throws -> DomainReading {
    guard let controller = domain.interruptController else { throw Incomplete() }
    let shared = domain.devices.flatMap(\.device.interrupts).filter { $0.kind == .shared }
    return DomainReading(
      name: domain.name, stage2Table: 0, stage2Control: 0, entry: domain.entry, treeAddress: domain.treeAddress,
      state: 0, distributor: controller.distributor.base, redistributor: controller.redistributors?.base ?? 0,
      consoleBase: domain.console?.base ?? 0, consoleINTID: domain.console?.intid ?? 0, onFault: 0, criticality: 0,
      features: 1, cpus: cpus, regions: domain.memory.map(\.guest), calls: [],
      interrupts: Set(shared.map(\.intid)).sorted(),
      edgeInterrupts: Set(shared.filter(\.isEdge).map(\.intid)).sorted(), identification: [])
  }

  // MARK: Stage 2

  private static func translation(_ leaves: [Leaf]) throws -> TranslationReading {
    TranslationReading(
      inputBits: 48, startLevel: 1, root: .everything, tables: [], leaves: leaves.sorted { $0.input < $1.input },
      findings: [])
  }

  /// Descriptors without their addresses: valid page, AF, and what `GuestMap` sorts by.
  private enum Attributes {
    static let memory: UInt64 = 0b11 | 0b1111 << 2 | 0b11 << 6 | 1 << 10
    static let registers: UInt64 = 0b11 | 0b0001 << 2 | 0b11 << 6 | 1 << 10 | 0b10 << 53
    static let writer: UInt64 = 0b11 | 0b0101 << 2 | 0b11 << 6 | 1 << 10 | 0b10 << 53
    static let reader: UInt64 = 0b11 | 0b0101 << 2 | 0b01 << 6 | 1 << 10 | 0b10 << 53
  }

  private static func leaves(_ domain: DomainPlan, _ plan: Plan) -> [Leaf] {
    let memory = (domain.memory + domain.reservedMemory).flatMap { leaves($0.guest, $0.physical, Attributes.memory) }
    let devices = AddressSet(domain.devices.flatMap(\.pages)).runs.flatMap { leaves($0, $0, Attributes.registers) }
    let interface = domain.interruptController?.cpuInterface.map {
      leaves($0.guest, $0.physical, Attributes.registers)
    }
    let channels = plan.channels.flatMap { channel -> [Leaf] in
      if channel.declaration.writer.value == domain.name {
        return leaves(channel.memory, channel.memory, Attributes.writer)
      }
      let isReader = channel.declaration.readers.contains { $0.value == domain.name }
      return isReader ? leaves(channel.memory, channel.memory, Attributes.reader) : []
    }
    return memory + devices + channels + (interface ?? [])
  }

  /// Pages and, where they fit, blocks.
  private static func leaves(_ guest: AddressRange, _ physical: AddressRange, _ attributes: UInt64) -> [Leaf] {
    var leaves: [Leaf] = []
    var input = guest.base
    while input <= guest.last {
      let output = physical.base + (input - guest.base)
      let level: UInt8 =
        [1, 2].first { level in
          let size = (1 as UInt64) << (12 + 9 * (3 - UInt64(level)))
          return (input | output).isMultiple(of: size) && guest.last - input >= size - 1
        } ?? 3
      let leaf = Leaf(input: input, output: output, level: level, descriptor: output | attributes, place: 0)
      leaves.append(leaf)
      input += leaf.size
    }
    return leaves
  }
}
