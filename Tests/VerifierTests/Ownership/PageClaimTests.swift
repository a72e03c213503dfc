import BulkheadKit
import Testing

@testable import Verifier

@Suite("Claims on pages, held against edited stage-2 tables")
struct PageClaimTests {
  /// Infotainment, the reader of the channel.
  private let reader = 1
  private let clusterRAM: UInt64

  init() throws {
    clusterRAM = try #require(try BuiltSystem.cockpit.get().system().domains[0].record.regions.first?.base)
  }

  @Test("a page of another domain's RAM is shared with nobody's leave, and both entries are named")
  func foreignRAM() throws {
    var system = try EditedSystem()
    let page = try system.channel()
    try system.redirect(reader, page, to: clusterRAM)
    try system.expect(PagesApart.self, says: "domain cluster", "domain infotainment", clusterRAM.hexadecimal, "see the")
    try system.expect(PagesApart.self, says: "channel telemetry has 4 KiB", "show 0 bytes")
    try system.expect(AgreesWithPlan.self, says: "by the plan domain cluster")
    try system.expect(EverythingGiven.self, says: "infotainment", "a channel is RAM at its own address")
  }

  @Test("a reader that may write, execute or cache the channel is refused")
  func channelRights() throws {
    let bits: [(bit: UInt64, words: String)] = [(1 << 7, "no channel has"), (1 << 54, "no channel has")]
    for (bit, words) in bits {
      var system = try EditedSystem()
      try system.editLeaf(reader, try system.channel()) { $0 ^ bit }
      try system.expect(PagesApart.self, says: "infotainment", words)
    }
    var system = try EditedSystem()
    try system.editLeaf(reader, try system.channel()) { $0 | 0b1111 << 2 }
    try system.expect(PagesApart.self, says: "cacheable memory", "non-cacheable")
  }

  @Test("a channel that one party does not reach is no channel")
  func halfChannel() throws {
    var system = try EditedSystem()
    try system.editLeaf(reader, try system.channel()) { _ in 0 }
    try system.expect(PagesApart.self, says: "domain cluster reaches", "no channel is its alone")
    try system.expect(AgreesWithPlan.self, says: "by the plan channel telemetry")
  }

  @Test("the hypervisor's memory and registers are out of reach")
  func guarded() throws {
    let partition = try BuiltSystem.cockpit.get().system().partition
    let targets: [(UInt64, String)] = [
      (partition.hypervisor.base, "the hypervisor's memory"), (partition.distributor, "the interrupt controller"),
      (partition.consoleBase, "registers that the hypervisor drives"),
    ]
    for (target, words) in targets {
      var system = try EditedSystem()
      try system.redirect(reader, try system.channel(), to: target)
      try system.expect(NothingGuardedReached.self, says: "infotainment", words, target.hexadecimal)
      try system.expect(EverythingGiven.self, says: "infotainment")
    }
  }

  @Test("a GICv2's virtual CPU interface is banked at its place, with its rights, and nowhere else")
  func banked() throws {
    let built = try BuiltSystem("boards/qemu-virt-gicv2/cockpit.yaml")
    let banked = try #require(built.context.groundwork.banked)
    var moved = try EditedSystem(built)
    try moved.redirect(reader, banked.guest.base, to: banked.physical.base + 0x1000)
    try moved.expect(NothingGuardedReached.self, says: "infotainment", "the interrupt controller")
    try moved.expect(AgreesWithPlan.self, says: "by the plan nobody's")
    var executable = try EditedSystem(built)
    try executable.editLeaf(0, banked.guest.base) { $0 & ~(1 << 54) }
    try executable.expect(NothingGuardedReached.self, says: "cluster", "execute")
    var physical = try EditedSystem(built)
    try physical.redirect(0, banked.guest.base, to: banked.guest.base)
    try physical.expect(NothingGuardedReached.self, says: "cluster", "the interrupt controller")
  }

  @Test("memory that the manifest reserves is out of reach")
  func reserved() throws {
    var system = try EditedSystem(try BuiltSystem("boards/rpi4/cockpit.yaml"))
    try system.redirect(reader, try system.channel(), to: 0x3C00_0000)
    try system.expect(KeptMemoryUntouched.self, says: "infotainment", "`reserved:` of the manifest", "0x3c000000")
    try system.expect(AgreesWithPlan.self, says: "by the plan firmware")
    // The page in which CPUs wait until they are started.
    try system.redirect(reader, try system.channel(), to: 0)
    try system.expect(KeptMemoryUntouched.self, says: "infotainment", "/memreserve/0")
  }

  @Test("RAM of nobody and registers of nobody are not given")
  func nobodys() throws {
    var memory = try EditedSystem()
    try memory.redirect(reader, try memory.channel(), to: 0x7000_0000)
    try memory.expect(EverythingGiven.self, says: "infotainment", "at its own address")
    try memory.expect(PagesApart.self, says: "infotainment", "no channel is its alone")
    try memory.expect(AgreesWithPlan.self, says: "memory 0x70000000..0x70000fff", "by the plan nobody's")
    var registers = try EditedSystem()
    // /pl061@9030000 is infotainment's, /pl031@9010000 the cluster's; next to them fw-cfg is nobody's.
    try registers.editLeaf(reader, 0x903_0000) { $0 & ~0xFFFF_FFFF_F000 | 0x902_0000 }
    try registers.expect(EverythingGiven.self, says: "infotainment", "at the guest address 0x9030000")
    try registers.expect(AgreesWithPlan.self, says: "device registers 0x9020000..0x9020fff")
  }

  @Test("a device is device memory, RAM is cacheable")
  func types() throws {
    var device = try EditedSystem()
    try device.editLeaf(reader, 0x903_0000) { $0 | 0b1111 << 2 }
    try device.expect(EverythingGiven.self, says: "infotainment", "which nothing is ever given as")
    var memory = try EditedSystem()
    try memory.editLeaf(0, clusterRAM) { $0 & ~(0b1111 << 2) | 0b0100 }
    try memory.expect(EverythingGiven.self, says: "cluster", "which nothing is ever given as")
    try memory.expect(RegionsMapped.self, says: "cluster", "is not mapped to one piece")
  }

  @Test("RAM has to be where and as large as the manifest says")
  func regions() throws {
    var moved = try EditedSystem()
    try moved.redirect(0, clusterRAM, to: 0xBFE0_0000)
    try moved.expect(RegionsMapped.self, says: "cluster", "is not mapped to one piece")
    let built = try BuiltSystem("boards/rpi4/cockpit.yaml")
    var based = try EditedSystem(built)
    let place = based.original.partition.range.last + 1 - UInt64(2 * PartitionOffsets.Region.total)
    based.image = try based.image.editing(place + 8) { (size: UInt64) in size - 0x1000 }
    try based.expect(RegionsMapped.self, says: "cluster", "and `memory:` says 32 MiB")
    try based.expect(EverythingGiven.self, says: "cluster", "of which its region records do not have all")
  }

  @Test("a page at the address of emulated hardware does not trap")
  func trapped() throws {
    var system = try EditedSystem()
    let clock = try system.leaf(0, 0x901_0000)
    // The console is 16 pages below the real-time clock, in the same table.
    system.image = try system.image.editing(clock.place - 16 * 8) { (_: UInt64) in clock.descriptor }
    try system.expect(VirtualHardwareTraps.self, says: "cluster", "virtual console", "0x9000000..0x9000fff")
  }
}
