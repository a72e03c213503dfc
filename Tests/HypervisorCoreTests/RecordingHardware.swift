import HypervisorCore
import ImageFormat

/// A machine that is only memory and a clock: every other call has no effect.
final class RecordingHardware: Hardware {
  static var isGICv2: Bool { false }

  /// Words by address.
  var words: [UInt64: UInt32] = [:]
  /// The counter.
  var now: UInt64 = 0
  /// What EL2's timer waits for.
  var deadline: UInt64?
  /// Called before every store.
  var watch: (UInt64) -> Void = { _ in }

  func load32(_ address: UInt64) -> UInt32 { words[address] ?? 0 }
  func store32(_ address: UInt64, _ value: UInt32) {
    watch(address)
    words[address] = value
  }
  func store8(_ address: UInt64, _ value: UInt8) {
    let shift = (address & 3) * 8
    store32(address & ~3, load32(address & ~3) & ~(0xFF << UInt32(shift)) | UInt32(value) << UInt32(shift))
  }
  func load64(_ address: UInt64) -> UInt64 { UInt64(load32(address)) | UInt64(load32(address + 4)) << 32 }
  func store64(_ address: UInt64, _ value: UInt64) {
    store32(address, UInt32(truncatingIfNeeded: value))
    store32(address + 4, UInt32(truncatingIfNeeded: value >> 32))
  }

  /// The text of at most `length` bytes that ends with a zero.
  func text(_ address: UInt64, _ length: UInt64) -> String {
    let bytes = (address..<address + length).map { UInt8(truncatingIfNeeded: load32($0 & ~3) >> UInt32(($0 & 3) * 8)) }
    return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }

  func completeStores() {}
  func listRegister(_ index: Int) -> UInt64 { 0 }
  func setListRegister(_ index: Int, _ value: UInt64) {}
  var emptyListRegisters: UInt32 { .max }
  func setInterfaceControl(_ value: UInt64) {}
  func kick(_ cpu: CPURecord) {}
  var counter: UInt64 { now }
  func setTimer(_ deadline: UInt64?) { self.deadline = deadline }
}
