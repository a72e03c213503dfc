import GuestSupport

/// Where a fault is reported: the console that `GuestFault.report(on:)` named last.
public enum GuestFault {
  nonisolated(unsafe) private static var port: SerialPort?

  /// Faults from now on are said on this port.
  public static func report(on serial: SerialPort) { unsafe port = serial }

  fileprivate static var serial: SerialPort? { unsafe port }
}

/// Called by the vectors with ESR_EL1, ELR_EL1 and FAR_EL1; a Swift runtime check arrives here as `brk`.
@c(guest_fault)
public func reportFault(syndrome: UInt64, address: UInt64, faultAddress: UInt64) {
  guard let serial = GuestFault.serial else { return }
  serial.write("fault in the guest: ESR_EL1 ")
  serial.write(hexadecimal: syndrome)
  serial.write(" ELR_EL1 ")
  serial.write(hexadecimal: address)
  serial.write(" FAR_EL1 ")
  serial.write(hexadecimal: faultAddress)
  serial.endLine()
}
