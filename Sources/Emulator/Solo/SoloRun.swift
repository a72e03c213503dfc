import Diagnostics
import Foundation

/// One domain alone in plain QEMU, without the hypervisor, at the addresses that it has on the hypervisor.
///
/// QEMU's own ways to load a kernel choose the addresses themselves. So the kernel, the initial RAM disk and the tree
/// go where the plan has them by `-device loader`, and what starts the domain is a piece of code of ten words at QEMU's
/// reset address (`-bios`, in flash, where no domain has memory): it loads the tree's address into x0 and jumps. The
/// CPU then is at EL1 with the MMU off, as the hypervisor starts a domain, because the machine has neither EL2 nor EL3, and
/// QEMU answers PSCI by HVC. The same works under KVM.
///
/// What differs from the hypervisor: the memory between the domain's own regions is RAM too, and the machine's other
/// devices are there; the domain's tree does not mention either. A channel is RAM that nobody else writes, and within
/// the first MiB of RAM it holds QEMU's own tree at first.
public enum SoloRun {
  /// QEMU's arguments; the pieces are written as files into `folder`, which has to exist.
  ///
  /// `usesKVM` is for a host that is arm64 itself; `SoloRun.canUseKVM` says whether it is.
  public static func arguments(
    for domain: SoloDomain, cpuModel: String, usesKVM: Bool, folder: String
  ) throws(EmulatorError) -> [String] {
    if let finding = SoloChecks.check(domain).first { throw EmulatorError(finding) }
    let megabytes = (domain.memoryEnd - SoloMachine.ramBase + 0xF_FFFF) >> 20
    var arguments = ["-M", "virt,virtualization=off,gic-version=\(domain.interruptController?.version ?? 3)"]
    arguments += usesKVM ? ["-accel", "kvm", "-cpu", "host"] : ["-cpu", cpuModel]
    arguments += ["-smp", "\(domain.cpuCount)", "-m", "\(megabytes)M"]
    arguments += ["-bios", try write(start(domain), "start.bin", folder)]
    for piece in domain.pieces where !piece.bytes.isEmpty {
      let path = try write(piece.bytes, piece.name, folder)
      let address = "0x" + String(piece.address, radix: 16)
      arguments += ["-device", "loader,file=\(quoted(path)),addr=\(address),force-raw=on"]
    }
    return arguments + QEMU.commonArguments + QEMU.serialArguments(areUsed: [true])
  }

  /// Whether this machine can run a domain on its own CPUs.
  public static var canUseKVM: Bool {
    #if arch(arm64) && os(Linux)
      access("/dev/kvm", R_OK | W_OK) == 0
    #else
      false
    #endif
  }

  /// The code at the reset address (Arm DDI 0487, C6.2): x0 is the tree, x1 to x3 are zero (Linux, booting.rst).
  static func start(_ domain: SoloDomain) -> [UInt8] {
    let code: [UInt32] = [
      0x5800_00C0,  // ldr x0, tree
      0xAA1F_03E1,  // mov x1, xzr
      0xAA1F_03E2,  // mov x2, xzr
      0xAA1F_03E3,  // mov x3, xzr
      0x5800_0084,  // ldr x4, entry
      0xD61F_0080,  // br x4
    ]
    let literals = [domain.treeAddress, domain.entry]
    return code.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
      + literals.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
  }

  private static func write(_ bytes: [UInt8], _ name: String, _ folder: String) throws(EmulatorError) -> String {
    let path = "\(folder)/\(name)"
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      return path
    } catch {
      throw EmulatorError(
        Finding(
          EmulatorRules.solo, .error, "`\(path)` cannot be written", subjects: [path],
          resource: ResourceReference(.file, path), help: "make room in the folder for temporary files"))
    }
  }

  /// A comma separates options of QEMU's; doubled it stands for itself.
  private static func quoted(_ path: String) -> String { path.replacingOccurrences(of: ",", with: ",,") }
}
