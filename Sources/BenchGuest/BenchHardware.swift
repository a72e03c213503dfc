import GuestKit
import GuestSupport
import GuestTree

/// What the measurements need to know of the machine, all of it from the device tree.
struct BenchHardware {
  let serial: SerialPort
  let interrupts: InterruptController
  /// The bit of the console's interrupt in GICD_ISENABLER1, a line that the guest owns; bit 0 if it lies elsewhere.
  let ownLine: UInt32
  /// Whether `/chosen/bootargs` is `calls`: somebody above answers PSCI by HVC and by SMC.
  let measuresCalls: Bool

  init?(tree: Span<UInt8>) {
    guard let serial = SerialPort(tree: tree), let interrupts = InterruptController(tree: tree),
      let console = TreeSearch.console(in: tree)
    else { return nil }
    self.serial = serial
    self.interrupts = interrupts
    let line = console.cell(1, of: "interrupts", in: tree) ?? 0
    ownLine = line < 32 ? 1 << line : 1
    let chosen = TreeSearch.find(.fixedPath("/chosen"), in: tree)
    measuresCalls = chosen?.lists("calls", in: "bootargs", of: tree) ?? false
  }
}
