import ImageFormat

/// A line that EL2 says on the console. It is cut short where the CPU's ring has no room, never waited for.
public struct Report<H: Hardware> {
  let console: Console<H>

  /// A line from the CPU that the console belongs to.
  public init(console: Console<H>) { self.console = console }

  /// Appends text in ASCII.
  public func text(_ text: StaticString) {
    for index in 0..<text.utf8CodeUnitCount { byte(text.byte(index)) }
  }

  /// Appends a domain's name.
  public func name(of domain: DomainHandle) {
    for index in 0..<domain.nameLength { byte(domain.record.name[index]) }
  }

  /// Appends a number in hexadecimal, with 0x and without leading zeros.
  public func hexadecimal(_ number: UInt64) {
    text("0x")
    digits(number, base: 16)
  }

  /// Appends a number in decimal.
  public func decimal(_ number: UInt64) { digits(number, base: 10) }

  func digits(_ number: UInt64, base: UInt64) {
    var divisor: UInt64 = 1
    while number / divisor >= base { divisor &*= base }
    while divisor > 0 {
      let digit = UInt8(truncatingIfNeeded: number / divisor % base)
      byte(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
      divisor /= base
    }
  }

  func byte(_ byte: UInt8) {
    // The line's end keeps its place.
    if console.cpu.state.messages.room > 1 { _ = console.cpu.state.messages.append(byte) }
  }

  /// Ends the line and shows it.
  public func send() {
    _ = console.cpu.state.messages.append(UInt8(ascii: "\n"))
    console.cpu.state.messages.publish()
    console.markMessagesReady()
    console.drain()
  }
}
