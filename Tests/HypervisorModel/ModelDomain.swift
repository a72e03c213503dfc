import ImageFormat

/// What a domain of the model has.
package struct ModelDomain {
  package var name: String
  package var cpus: Int
  package var lines: [Int]
  package var edges: [Int]
  package var console: UInt32
  /// Virtual devices as the table has them, and their lines, which are in the word of the console's.
  package var devices: [VirtualDeviceRecord]
  package var criticality: UInt32
  package var regions: [RegionRecord]
  package var calls: [CallRange]
  /// Identification registers as the domain sees them, by CRm × 8 + op2.
  package var identification: [Int: UInt64]
  /// It takes its interrupts at EL1.
  package var isDirect: Bool

  package init(
    name: String, cpus: Int, lines: [Int] = [], edges: [Int] = [], console: UInt32 = 0, criticality: UInt32 = 0,
    regions: [RegionRecord] = [RegionRecord(guest: 0x4000_0000, size: 0x100_0000)], calls: [CallRange] = [],
    identification: [Int: UInt64] = [:], isDirect: Bool = false, devices: [VirtualDeviceRecord] = []
  ) {
    self.name = name
    self.cpus = cpus
    self.lines = lines
    self.edges = edges
    self.console = console
    self.criticality = criticality
    self.regions = regions
    self.calls = calls
    self.identification = identification
    self.isDirect = isDirect
    self.devices = devices
  }

  /// INTIDs of the lines that EL2 makes.
  package var virtualLines: [UInt32] { (console == 0 ? [] : [console]) + devices.map(\.intid).filter { $0 != 0 } }
}
