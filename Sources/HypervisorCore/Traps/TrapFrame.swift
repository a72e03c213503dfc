/// The general-purpose registers of a domain as a vector saved them; see `vectors.S` for how many are valid.
public struct TrapFrame {
  /// x0 to x30.
  public var registers: InlineArray<31, UInt64>

  /// Registers with chosen values.
  public init(registers: InlineArray<31, UInt64>) { self.registers = registers }

  /// A register by the number an instruction has for it: 31 is the zero register.
  public subscript(_ number: Int) -> UInt64 {
    get { number == 31 ? 0 : registers[number] }
    set { if number != 31 { registers[number] = newValue } }
  }
}
