import Ownership

/// What a stage-2 descriptor lets a domain do with what it maps (Arm DDI 0487J.a, D8.4 and D8.6, without FEAT_S2FWB).
struct Stage2Grant: Hashable, Sendable {
  /// MemAttr in bits 5:2, as far as it matters here.
  enum MemoryType: Sendable {
    /// Device memory of any kind.
    case device
    /// Normal, Non-cacheable inside and outside.
    case nonCacheable
    /// Normal, Write-Back inside and outside.
    case writeBack
    /// Another Normal memory.
    case other
  }

  /// What the domain may do.
  let rights: Rights
  /// As what the CPU treats the memory.
  let type: MemoryType

  /// Reads the attributes of a block or page descriptor.
  ///
  /// Execution counts as possible unless XN[1:0] in bits 54:53 is 0b10, which forbids it at EL1 and EL0 whether or not a
  /// CPU has FEAT_XNX.
  init(_ attributes: UInt64) {
    var rights: Rights = []
    if attributes & 1 << 6 != 0 { rights.insert(.read) }
    if attributes & 1 << 7 != 0 { rights.insert(.write) }
    if attributes >> 53 & 0b11 != 0b10 { rights.insert(.execute) }
    self.rights = rights
    switch attributes >> 2 & 0b1111 {
    case 0b0000...0b0011: type = .device
    case 0b0101: type = .nonCacheable
    case 0b1111: type = .writeBack
    default: type = .other
    }
  }

  private init(_ rights: Rights, _ type: MemoryType) {
    self.rights = rights
    self.type = type
  }

  /// A domain's own RAM.
  static let memory = Stage2Grant([.read, .write, .execute], .writeBack)
  /// A device's registers.
  static let device = Stage2Grant([.read, .write], .device)
  /// A channel for its writer.
  static let channelWriter = Stage2Grant([.read, .write], .nonCacheable)
  /// A channel for a reader.
  static let channelReader = Stage2Grant(.read, .nonCacheable)

  /// The grant in words.
  var words: String {
    let names: [(Rights, String)] = [(.read, "read"), (.write, "write"), (.execute, "execute")]
    let allowed = names.filter { rights.contains($0.0) }.map(\.1)
    let kind =
      switch type {
      case .device: "device memory"
      case .nonCacheable: "non-cacheable memory"
      case .writeBack: "cacheable memory"
      case .other: "memory of a kind that Bulkhead never uses"
      }
    return "\(kind) to \(allowed.isEmpty ? "do nothing with" : allowed.joined(separator: ", "))"
  }
}
