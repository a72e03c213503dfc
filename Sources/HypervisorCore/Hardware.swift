import ImageFormat

/// What the emulation needs of the machine. The runtime answers with one instruction each; tests answer with a model.
///
/// Every call concerns the CPU that makes it, or a register at a physical address.
public protocol Hardware {
  /// The interrupt controller is a GICv2, not a GICv3. A constant, so that code for the other one is not in the image.
  static var isGICv2: Bool { get }
  /// Loads a 32-bit device register.
  func load32(_ address: UInt64) -> UInt32
  /// Stores to a 32-bit device register.
  func store32(_ address: UInt64, _ value: UInt32)
  /// Stores to a register of one byte.
  func store8(_ address: UInt64, _ value: UInt8)
  /// Loads a 64-bit device register.
  func load64(_ address: UInt64) -> UInt64
  /// Stores to a 64-bit device register.
  func store64(_ address: UInt64, _ value: UInt64)

  /// Waits until what was stored to memory is there for devices that read it.
  func completeStores()

  /// ICH_LR<n>_EL2 of the calling CPU, or GICH_LR<n> in the form of ListRegister.
  func listRegister(_ index: Int) -> UInt64
  /// Writes that register.
  func setListRegister(_ index: Int, _ value: UInt64)
  /// ICH_ELRSR_EL2 or GICH_ELRSR0: one bit for each list register that holds nothing.
  var emptyListRegisters: UInt32 { get }
  /// Writes ICH_HCR_EL2 or GICH_HCR of the calling CPU.
  func setInterfaceControl(_ value: UInt64)

  /// Sends EL2's own SGI to a CPU.
  func kick(_ cpu: CPURecord)
  /// CNTPCT_EL0.
  var counter: UInt64 { get }
  /// Lets EL2's own timer of the calling CPU expire when the counter reaches a value; nil turns it off.
  func setTimer(_ deadline: UInt64?)
}
