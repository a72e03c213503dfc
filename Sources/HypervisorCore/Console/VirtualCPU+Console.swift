import ImageFormat
import Synchronization

// A domain's accesses to its virtual UART.
extension VirtualCPU {
  /// Reads the UART.
  ///
  /// - Parameters:
  ///   - offset: from the start of its page, below 4096.
  ///   - console: the shared UART behind it.
  public func readConsole(_ offset: UInt32, size: Int, console: Console<H>) -> UInt64 {
    guard size <= 4, offset & UInt32(size &- 1) == 0 else { return 0 }
    var value: UInt32 = 0
    alone {
      var line = domain
      domain.locked.uart.drained(line)
      value = domain.locked.uart.read(offset & ~3, &line)
      updateConsoleLine()
    }
    // A domain that polls for room makes it.
    if domain.state.output.count > 0 { console.drain() }
    return UInt64(value >> ((offset & 3) * 8))
  }

  /// Writes the UART.
  public func writeConsole(_ offset: UInt32, size: Int, _ value: UInt64, console: Console<H>) {
    guard size <= 4, offset & 3 == 0 else { return }
    var hasOutput = false
    alone {
      var line = domain
      let held = domain.state.output.heldBack
      domain.locked.uart.write(offset, UInt32(truncatingIfNeeded: value), &line)
      domain.state.waitsForRoom.store(domain.locked.uart.waitsForRoom ? 1 : 0, ordering: .relaxed)
      updateConsoleLine()
      if domain.state.output.heldBack == 0 {
        hasOutput = domain.state.output.count > 0
        if hasOutput { console.markDomainReady() }
      } else if held == 0 {
        domain.locked.heldBackSince = hardware.counter
        console.lookAgain()
      }
    }
    if hasOutput { console.drain() }
  }

  /// Another CPU put bytes into the UART's receiver or took some from its transmitter.
  public func consoleChanged() {
    alone {
      domain.locked.uart.arrived(domain)
      domain.locked.uart.drained(domain)
      updateConsoleLine()
    }
  }

  /// Tells the CPU that the console's line goes to when the UART asserts it or ceases to. Under the domain's lock.
  func updateConsoleLine() {
    setLevel(domain.record.consoleINTID, domain.locked.uart.interrupt)
  }
}
