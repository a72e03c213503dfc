import GuestSupport
import GuestTree

/// The UART that is the guest's console, its line set up by whoever started the guest; driven by polling.
public struct SerialPort {
  /// How often a full FIFO is asked again before a character is given up, so that a stuck line stops no heartbeat.
  private static var patience: Int { 100_000 }

  private let base: UInt64
  private let kind: UARTKind

  /// The UART that the tree's `stdout-path` means; `nil` where it means none, or one of a kind not known here.
  public init?(tree: Span<UInt8>) {
    guard let node = TreeSearch.console(in: tree), let kind = UARTKind(of: node, in: tree),
      let registers = node.registers(0, in: tree)
    else { return nil }
    base = registers.base
    self.kind = kind
    kind.start(at: base)
  }

  /// Writes one character.
  public func write(_ character: UInt8) {
    var remaining = SerialPort.patience
    while !kind.hasRoom(at: base) {
      remaining -= 1
      if remaining == 0 { return }
    }
    guest_store32(base + kind.transmit, UInt32(character))
  }

  /// A character that has come in; `nil` where there is none.
  public func read() -> UInt8? {
    guard kind.hasCharacter(at: base) else { return nil }
    return UInt8(truncatingIfNeeded: guest_load32(base + kind.receive))
  }

  /// Writes ASCII text.
  public func write(_ text: StaticString) {
    var index = 0
    while index < text.utf8CodeUnitCount {
      unsafe write(text.utf8Start[index])
      index += 1
    }
  }

  /// Writes a number in decimal.
  public func write(decimal number: UInt64) {
    var digits = InlineArray<20, UInt8>(repeating: 0)
    var count = 0
    var rest = number
    repeat {
      digits[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
      count += 1
    } while rest > 0
    while count > 0 {
      count -= 1
      write(digits[count])
    }
  }

  /// Writes a number in hexadecimal, with `0x` and without leading zeros.
  public func write(hexadecimal number: UInt64) {
    write("0x")
    var shift = 60
    while shift > 0, number >> UInt64(shift) == 0 { shift -= 4 }
    while shift >= 0 {
      let digit = UInt8(truncatingIfNeeded: number >> UInt64(shift) & 0xF)
      write(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
      shift -= 4
    }
  }

  /// Ends the line.
  public func endLine() {
    write(UInt8(ascii: "\r"))
    write(UInt8(ascii: "\n"))
  }
}
