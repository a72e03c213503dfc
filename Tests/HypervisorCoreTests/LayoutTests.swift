import Foundation
import HypervisorCore
import HypervisorModel
import ImageFormat
import Testing

/// The numbers that assembly has of Swift's records.
@Suite struct LayoutTests {
  static let numbers: [String: Int] = {
    let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let header = root.appending(path: "Sources/HypervisorEntry/include/layout.h")
    let text = (try? String(contentsOf: header, encoding: .utf8)) ?? ""
    var numbers: [String: Int] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 3, words[0] == "#define", let value = Int(words[2]) { numbers[String(words[1])] = value }
    }
    return numbers
  }()

  @Test func `offsets in layout.h are those of the records`() {
    let numbers = Self.numbers
    #expect(numbers["FORMAT_VERSION"] == Int(FormatVersion.current))
    #expect(
      numbers["HEADER_PARTITION_TABLE"]
        == MemoryLayout<RuntimeHeader>.offset(of: \.partitionTable).map { $0 + RuntimeHeader.offset })
    #expect(
      numbers["HEADER_IMAGE_BASE"]
        == MemoryLayout<RuntimeHeader>.offset(of: \.imageBase).map { $0 + RuntimeHeader.offset })
    #expect(
      numbers["HEADER_PARTITION_TABLE_PHYSICAL"]
        == MemoryLayout<RuntimeHeader>.offset(of: \.partitionTablePhysical).map { $0 + RuntimeHeader.offset })
    #expect(numbers["TABLE_TRANSLATION_TABLE"] == MemoryLayout<PartitionTable>.offset(of: \.translationTable))
    #expect(numbers["TABLE_TRANSLATION_CONTROL"] == MemoryLayout<PartitionTable>.offset(of: \.translationControl))
    #expect(numbers["TABLE_MEMORY_ATTRIBUTES"] == MemoryLayout<PartitionTable>.offset(of: \.memoryAttributes))
    #expect(numbers["TABLE_CPU_COUNT"] == MemoryLayout<PartitionTable>.offset(of: \.cpuCount))
    #expect(numbers["TABLE_CPU_START"] == MemoryLayout<PartitionTable>.offset(of: \.cpuStart))
    #expect(numbers["TABLE_MACHINE_FLAGS"] == MemoryLayout<PartitionTable>.offset(of: \.machineFlags))
    #expect(numbers["MACHINE_FLAG_SIGNAL_BIT"] == MachineFlags.signalsVirtualInterrupts.trailingZeroBitCount)
    #expect(numbers["CPU_INTERFACE_CONTROL"] == MemoryLayout<OwnState>.offset(of: \.interfaceControl))
    #expect(numbers["CPU_START_SPIN_TABLE"] == Int(CPUStart.spinTable.rawValue))
    #expect(numbers["TABLE_CPUS_OFFSET"] == MemoryLayout<PartitionTable>.offset(of: \.cpusOffset))
    #expect(numbers["TABLE_CONSOLE_KIND"] == MemoryLayout<PartitionTable>.offset(of: \.consoleKind))
    #expect(numbers["TABLE_CONSOLE_BASE"] == MemoryLayout<PartitionTable>.offset(of: \.consoleBase))
    #expect(numbers["TABLE_BOOT_CPU"] == MemoryLayout<PartitionTable>.offset(of: \.bootCPU))
    #expect(numbers["CPU_RECORD_STATE"] == MemoryLayout<CPURecord>.offset(of: \.state))
    #expect(numbers["CPU_RECORD_RELEASE_ADDRESS"] == MemoryLayout<CPURecord>.offset(of: \.releaseAddress))
    #expect(MemoryLayout<CPURecord>.offset(of: \.affinity) == 0)
    #expect(numbers["CPU_RECORD_SIZE"] == MemoryLayout<CPURecord>.stride)
  }

  @Test func `states fit into what the image reserves for them`() throws {
    let numbers = Self.numbers
    let cpu = try #require(numbers["CPU_STATE_SIZE"])
    #expect(MemoryLayout<CPUState>.size <= cpu)
    #expect(cpu % 64 == 0)
    let domain = try #require(numbers["DOMAIN_STATE_SIZE"])
    #expect(MemoryLayout<DomainState>.size <= domain)
    #expect(domain % 64 == 0)
    #expect(MemoryLayout<SystemState>.size <= (try #require(numbers["SYSTEM_STATE_SIZE"])))
    // The state begins at the top of the stack, and both fill whole pages.
    #expect((cpu + (try #require(numbers["STACK_SIZE"]))) % 4096 == 0)
  }

  @Test func `the interface's control is the first word of a CPU's state`() {
    let system = ModelSystem([.init(name: "a", cpus: 1)])
    system.cpu(0).own.interfaceControl = 0x1234_5678
    let address = UInt(system.partition.cpu(0).pointee.state)
    #expect(UnsafePointer<UInt64>(bitPattern: address)?.pointee == 0x1234_5678)
  }
}
