import Ownership

/// `boot.cmd`: loads the FIT image from where the script came from, has U-Boot verify it, and starts the hypervisor.
struct BootScript {
  /// Where the FIT image goes.
  let fitAddress: UInt64
  /// Memory that has to be zero at the start and that no file gives.
  let zeroed: [AddressRange]

  /// The text, in the language of U-Boot's shell.
  var text: String {
    let lines = [
      "# Loads system.itb, has U-Boot check every hash (and the signature, where U-Boot has a key) and starts the",
      "# hypervisor in EL2. U-Boot looks for this script, as boot.scr, on each boot medium; the FIT image lies beside it.",
      "",
      "# The pieces go to addresses of their own: nothing is moved, and nothing is left unchecked.",
      "setenv fdt_high 0xffffffffffffffff",
      "setenv initrd_high 0xffffffffffffffff",
      "setenv verify yes",
      "",
      "if load ${devtype} ${devnum}:${distro_bootpart} \(fitAddress.hexadecimal) ${prefix}system.itb; then",
    ]
    let end = [
      "\tbootm \(fitAddress.hexadecimal)#\(FITSource.configuration)", "fi",
      "echo \"Bulkhead: system.itb was not started\"",
    ]
    return (lines + zeroed.flatMap(Self.zeroing).map { "\t" + $0 } + end).joined(separator: "\n") + "\n"
  }

  /// Commands that zero a range: eight bytes at a time, and one at a time at its ends.
  static func zeroing(_ range: AddressRange) -> [String] {
    let (rounded, overflow) = range.base.addingReportingOverflow(7)
    let first = rounded & ~7
    guard !overflow, first <= range.last, range.last - first >= 7 else { return [bytes(range.base, range.size)] }
    let words = (range.last - first + 1) / 8
    var commands: [String] = []
    if first > range.base { commands.append(bytes(range.base, first - range.base)) }
    commands.append("mw.q \(first.hexadecimal) 0 \(words.hexadecimal)")
    let rest = (range.last - first + 1) % 8
    if rest > 0 { commands.append(bytes(first + words * 8, rest)) }
    return commands
  }

  private static func bytes(_ base: UInt64, _ count: UInt64) -> String {
    "mw.b \(base.hexadecimal) 0 \(count.hexadecimal)"
  }
}
