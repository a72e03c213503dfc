import Board
import DeviceTree
import Ownership
import Testing
import TestSupport

@Suite("The board qemu-virt")
struct QEMUVirtTests {
  static let board = Result { try BoardLibrary(root: Repository.root).load("qemu-virt") }

  @Test("Its CPUs, memory, console and firmware are those of the machine")
  func basics() throws {
    let board = try Self.board.get()
    #expect(board.cpus.map(\.path) == ["/cpus/cpu@0", "/cpus/cpu@1", "/cpus/cpu@2", "/cpus/cpu@3"])
    #expect(board.cpus.map(\.affinity) == [0, 1, 2, 3])
    #expect(board.memory.map(\.range) == [AddressRange(base: 0x4000_0000, size: 2 << 30)])
    #expect(board.standardOutput == "/pl011@9000000")
    #expect(board.firmware == .psciSMC(path: "/psci"))
    #expect(board.faults.isEmpty)
    #expect(board.findings.isEmpty)
  }

  @Test("Its GIC, maintenance interrupt and timer are found")
  func interrupts() throws {
    let board = try Self.board.get()
    let gic = try #require(board.interruptController)
    #expect(gic.version == .three)
    #expect(gic.distributor == AddressRange(base: 0x800_0000, size: 0x10000))
    #expect(gic.redistributors == [AddressRange(base: 0x80a_0000, size: 0xf6_0000)])
    #expect(gic.maintenanceINTID == 25)
    #expect(gic.paths == ["/intc@8000000", "/intc@8000000/its@8080000"])
    #expect(board.timer?.virtual == 27)
    #expect(board.timer?.hypervisor == 26)
  }

  @Test("Its devices have their registers and interrupts")
  func devices() throws {
    let board = try Self.board.get()
    let uart = try #require(board.device(at: "/pl011@9000000"))
    #expect(uart.registers == [AddressRange(base: 0x900_0000, size: 0x1000)])
    #expect(uart.interrupts.map(\.intid) == [33])
    #expect(uart.interrupts.map(\.isEdge) == [false])
    #expect(!uart.isDMAMaster)
    let virtio = try #require(board.device(at: "/virtio_mmio@a003e00"))
    #expect(virtio.interrupts.map(\.intid) == [79])
    #expect(virtio.interrupts.map(\.isEdge) == [true])
    #expect(virtio.isDMAMaster)
    let pcie = try #require(board.device(at: "/pcie@10000000"))
    #expect(pcie.registers == [AddressRange(base: 0x40_1000_0000, size: 0x1000_0000)])
    #expect(
      pcie.pciWindows.map(\.base) == [0x3eff_0000, 0x1000_0000, 0x80_0000_0000])
    #expect(board.device(at: "/intc@8000000") == nil)
    #expect(board.device(at: "/memory@40000000") == nil)
    #expect(board.device(at: "/cpus/cpu@0") == nil)
  }
}
