/// The general-purpose registers of a domain where a vector saved them, x0 to x30 in order: x0 to x18, and the others
/// when the instruction names one of them (`vectors.S`).
@safe public struct TrapFrame {
  let registers: UnsafeMutablePointer<UInt64>

  /// A frame of 31 registers that outlives the handle.
  public init(_ registers: UnsafeMutablePointer<UInt64>) { unsafe self.registers = unsafe registers }

  /// A register by the number an instruction has for it: 31 is the zero register.
  public subscript(_ number: Int) -> UInt64 {
    // Sound: five bits, and 31 is taken out.
    get { number & 31 == 31 ? 0 : unsafe registers[number & 31] }
    nonmutating set { if number & 31 != 31 { unsafe registers[number & 31] = newValue } }
  }
}
