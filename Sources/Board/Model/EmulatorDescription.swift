/// How QEMU is told to be a board.
public struct EmulatorDescription: Hashable, Sendable {
  /// Arguments that choose the machine, without CPUs' number, memory, serial lines and payloads.
  public let arguments: [String]
  /// Number of CPUs that QEMU has to be given, where it counts more than the tree has; `nil` for the tree's number.
  public let cpuCount: Int?
  /// Paths of the UARTs behind QEMU's serial lines (its options `-serial`), in QEMU's order. Empty: one line, which is
  /// the hypervisor's console.
  public let serialLines: [String]

  /// Makes a description.
  public init(arguments: [String], cpuCount: Int? = nil, serialLines: [String] = []) {
    self.arguments = arguments
    self.cpuCount = cpuCount
    self.serialLines = serialLines
  }
}
