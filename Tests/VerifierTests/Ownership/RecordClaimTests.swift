import BulkheadKit
import Testing

@testable import Verifier

@Suite("Claims on interrupts, CPUs and words, held against an edited partition table")
struct RecordClaimTests {
  private typealias Head = PartitionOffsets.Head
  private typealias CPU = PartitionOffsets.CPU
  private typealias Domain = PartitionOffsets.Domain
  /// The real-time clock's line, the cluster's.
  private let clock: UInt32 = 34

  @Test("an interrupt in two records, or one of EL2's, has two owners")
  func interruptsTwice() throws {
    var twice = try EditedSystem()
    try twice.flip(clock, of: 1)
    try twice.expect(InterruptsOwnedOnce.self, says: "interrupt 34", "domain cluster and of domain infotainment")
    try twice.expect(InterruptsOfOwnDevices.self, says: "interrupt 34", "/pl031@9010000", "does not have")
    // Without its virtual console, whose line has the same number.
    var console = try EditedSystem()
    try console.editDomain(1, Domain.consoleBase) { (_: UInt64) in 0 }
    for word in [Domain.consoleINTID, Domain.virtualWord, Domain.virtualInterrupts] {
      try console.editDomain(1, word) { (_: UInt32) in 0 }
    }
    try console.flip(33, of: 1)
    try console.expect(InterruptsOwnedOnce.self, says: "infotainment has interrupt 33", "/pl011@9000000")
    try console.expect(AgreesWithPlan.self, says: "interrupt 33")
  }

  @Test("an interrupt of no device, a missing one and one of the wrong kind are refused")
  func interruptsOfDevices() throws {
    var stray = try EditedSystem()
    try stray.flip(900, of: 0)
    try stray.expect(InterruptsOfOwnDevices.self, says: "interrupt 900", "no line of any enabled device")
    var missing = try EditedSystem()
    try missing.flip(clock, of: 0)
    try missing.expect(AgreesWithPlan.self, says: "interrupt 34", "by the bytes nobody's", "domain cluster")
    var kind = try EditedSystem()
    try kind.flip(clock, of: 0, mask: Domain.edgeInterrupts)
    try kind.expect(InterruptsOfOwnDevices.self, says: "edge triggered by the record", "level sensitive")
  }

  @Test("two CPUs that change places, and one that the tree does not have, are refused")
  func cpus() throws {
    var swapped = try EditedSystem()
    try swapped.editCPU(1, CPU.affinity) { (_: UInt64) in 2 }
    try swapped.editCPU(2, CPU.affinity) { (_: UInt64) in 1 }
    try swapped.expect(CPUsOwnedOnce.self, says: "infotainment has the CPUs 0x2, 0x1, 0x3", "0x1, 0x2, 0x3")
    try swapped.expect(CPURecordsFitBoard.self, says: "its redistributor", "/cpus/cpu@2")
    var stolen = try EditedSystem()
    try stolen.editCPU(0, CPU.affinity) { (_: UInt64) in 3 }
    try stolen.editCPU(3, CPU.affinity) { (_: UInt64) in 0 }
    try stolen.expect(AgreesWithPlan.self, says: "CPU 0x0", "by the plan domain cluster")
    try stolen.expect(CPURecordsFitBoard.self, says: "the boot CPU is CPU record 0")
    var strange = try EditedSystem()
    try strange.editCPU(3, CPU.affinity) { (_: UInt64) in 0x100 }
    try strange.expect(CPUsOwnedOnce.self, says: "CPU 0x100", "does not have")
  }

  @Test("what a CPU record says of its CPU is the tree's to say")
  func cpuWords() throws {
    var midr = try EditedSystem()
    try midr.editCPU(1, CPU.midr) { (word: UInt32) in word ^ 0x10 }
    try midr.expect(CPURecordsFitBoard.self, says: "MIDR_EL1", "/cpus/cpu@1")
    var unchecked = try EditedSystem()
    try unchecked.editCPU(1, CPU.midr) { (_: UInt32) in 0 }
    try unchecked.editCPU(1, CPU.midrMask) { (_: UInt32) in 0 }
    try unchecked.expect(CPURecordsFitBoard.self, says: "the bits of MIDR_EL1 that count")
    var release = try EditedSystem(try BuiltSystem("boards/rpi4/cockpit.yaml"))
    try release.editCPU(2, CPU.releaseAddress) { (word: UInt64) in word + 8 }
    try release.expect(CPURecordsFitBoard.self, says: "its release address", "/cpus/cpu@2")
    var boot = try EditedSystem()
    try boot.editHead(Head.bootCPU) { (_: UInt32) in 1 }
    try boot.expect(CPURecordsFitBoard.self, says: "the boot CPU is CPU record 1")
  }

  @Test("identification registers that differ from the CPUs' own are refused where all CPUs are of one type")
  func identification() throws {
    var system = try EditedSystem()
    try system.editDomain(1, Domain.identificationMask) { (_: UInt64) in 1 << 32 }
    try system.editDomain(1, Domain.identification) { (_: UInt64) in 0x11 }
    try system.expect(CPURecordsFitBoard.self, says: "infotainment", "S3_0_C0_C4_0", "0x11")
  }

  @Test("no number of the head can be another one")
  func hardware() throws {
    let words: [(offset: Int, name: String, value: UInt32)] = [
      (Head.maintenanceINTID, "maintenance interrupt", 24), (Head.virtualTimerINTID, "virtual timer", 28),
      (Head.physicalTimerINTID, "physical timer", 31), (Head.hypervisorTimerINTID, "hypervisor's timer", 31),
      (Head.timerFrequency, "frequency", 1), (Head.consoleKind, "the kind of the hypervisor's UART", 2),
      (Head.consoleINTID, "the INTID of the hypervisor's UART", 40),
      (Head.physicalAddressBits, "physical address bits", 44),
    ]
    for (offset, name, value) in words {
      var system = try EditedSystem()
      try system.editHead(offset) { (_: UInt32) in value }
      try system.expect(HardwareIsTheBoards.self, says: name)
    }
    for (offset, name) in [
      (Head.distributor, "the distributor"), (Head.consoleBase, "the address of the hypervisor's UART"),
    ] {
      var system = try EditedSystem()
      try system.editHead(offset) { (word: UInt64) in word + 0x10000 }
      try system.expect(HardwareIsTheBoards.self, says: name)
    }
    var flags = try EditedSystem()
    try flags.editHead(Head.machineFlags) { (_: UInt64) in 1 }
    try flags.expect(HardwareIsTheBoards.self, says: "the machine's flags")
    let two = try BuiltSystem("boards/qemu-virt-gicv2/cockpit.yaml")
    for (offset, name) in [(Head.cpuInterface, "GICC"), (Head.hypervisorInterface, "GICH")] {
      var system = try EditedSystem(two)
      try system.editHead(offset) { (word: UInt64) in word + 0x10000 }
      try system.expect(HardwareIsTheBoards.self, says: name)
    }
  }

  @Test("no word of a domain record can be another one")
  func words() throws {
    let words: [(offset: Int, name: String, value: UInt32)] = [
      (Domain.onFault, "the reaction to a fault", 1), (Domain.criticality, "the criticality", 3),
      (Domain.features, "the set of features", 0), (Domain.features, "the set of features", 5),
    ]
    for (offset, name, value) in words {
      var system = try EditedSystem()
      try system.editDomain(0, offset) { (_: UInt32) in value }
      try system.expect(WordsAreTheManifests.self, says: name, "cluster")
    }
    var line = try EditedSystem()
    try line.editDomain(0, Domain.consoleINTID) { (_: UInt32) in 50 }
    try line.editDomain(0, Domain.virtualInterrupts) { (_: UInt32) in 1 << (50 % 32) }
    try line.expect(WordsAreTheManifests.self, says: "the INTID of the virtual console", "cluster")
    for (offset, name) in [
      (Domain.distributor, "virtual distributor"), (Domain.redistributor, "virtual redistributors"),
      (Domain.consoleBase, "virtual console"),
    ] {
      var system = try EditedSystem()
      try system.editDomain(1, offset) { (word: UInt64) in word + 0x10000 }
      try system.expect(WordsAreTheManifests.self, says: name, "infotainment")
    }
    var renamed = try EditedSystem()
    try renamed.editDomain(0, 0) { (byte: UInt8) in byte + 1 }
    try renamed.expect(WordsAreTheManifests.self, says: "dluster", "cluster, infotainment")
  }

  @Test("direct interrupts are those of the manifest, of nobody less critical, and of nobody who has to be stopped")
  func directInterrupts() throws {
    let built = try BuiltSystem("boards/versal-virt/cockpit.yaml")
    var taken = try EditedSystem(built)
    try taken.editDomain(0, Domain.flags) { (_: UInt64) in 0 }
    try taken.expect(WordsAreTheManifests.self, says: "the set of flags", "cluster")
    var given = try EditedSystem(built)
    try given.editDomain(1, Domain.flags) { (_: UInt64) in 1 }
    try given.editHead(Head.consoleCPU) { (_: UInt32) in 0 }
    try given.expect(DirectInterruptsAlone.self, says: "domain infotainment takes", "domain cluster is more critical")
    var critical = try EditedSystem(built)
    try critical.editDomain(1, Domain.criticality) { (_: UInt32) in 3 }
    try critical.expect(DirectInterruptsAlone.self, says: "domain infotainment is more critical")
    var stopper = try EditedSystem(built)
    try stopper.editDomain(1, Domain.onFault) { (_: UInt32) in 1 }
    try stopper.expect(DirectInterruptsAlone.self, says: "a fault of domain infotainment is to stop it")
    var software = try EditedSystem(built)
    try software.editHead(Head.machineFlags) { (_: UInt64) in 1 }
    try software.expect(DirectInterruptsAlone.self, says: "signalled by software")
  }
}
