/// The general-purpose registers of a domain where a vector saved them, x0 to x30 in order: x0 to x18, and the others
/// when the instruction names one of them (`vectors.S`). The place behind x30 is the zero register's, which the vector
/// fills and nobody restores, so that no access has to ask whether it is that one.
@safe public struct TrapFrame {
  let registers: UnsafeMutablePointer<UInt64>

  /// A frame of 32 places that outlives the handle.
  public init(_ registers: UnsafeMutablePointer<UInt64>) { unsafe self.registers = unsafe registers }

  /// A register by the number an instruction has for it: 31 is the zero register.
  public subscript(_ number: Int) -> UInt64 {
    // Sound: five bits.
    get { unsafe registers[number & 31] }
    nonmutating set { unsafe registers[number & 31] = newValue }
  }
}
