import Diagnostics

/// What has to hold for a run in the emulator. These rules judge the machine that Bulkhead runs on and what a run
/// shows, not the manifest.
public enum EmulatorRules {
  /// QEMU is there.
  public static let present = RuleDescription(
    "BH-EMU-001", title: "QEMU is installed",
    requirement: "`qemu-system-aarch64` shall be found on the PATH and answer `--version`.",
    hazard: "Without it nothing can be run or tested on this machine.",
    applicability: "`bulkhead run` and `bulkhead test`.",
    example: "PATH=/nowhere bulkhead run cockpit.yaml")

  /// QEMU is new enough.
  public static let recent = RuleDescription(
    "BH-EMU-002", title: "QEMU is recent enough",
    requirement: "QEMU shall be version \(QEMUVersion.oldestSupported) or newer.",
    hazard:
      "Older versions lack machines and devices that the boards rely on, and fail in ways that look like a guest's.",
    applicability: "`bulkhead run` and `bulkhead test`.",
    example: "bulkhead run cockpit.yaml   # with Debian 12's own QEMU 7.2")

  /// QEMU lives until it is told to end.
  public static let alive = RuleDescription(
    "BH-EMU-003", title: "QEMU keeps running",
    requirement: "QEMU shall end with status 0 or because it was told to.",
    hazard: "A run whose emulator failed says nothing about the domains.",
    applicability: "`bulkhead run` and `bulkhead test`.",
    example: "bulkhead run build/   # with a payload file removed in between: QEMU refuses its arguments")

  /// Something is printed now and then.
  public static let audible = RuleDescription(
    "BH-EMU-004", title: "The consoles are not silent",
    requirement: "Some console shall print something within the silence that the run allows.",
    hazard: "A system that hangs would keep a test waiting until its last time limit.",
    applicability: "Runs that set a limit for silence.",
    example: "kernel: a file that is no program at all, so that the processor spins in exceptions")

  /// What was expected came.
  public static let expectation = RuleDescription(
    "BH-EMU-005", title: "Expected output appears",
    requirement: "Each entry of `expect:` shall appear on its domain's console within its time.",
    hazard: "The system does not do what its manifest says it does.",
    applicability: "`bulkhead test`.",
    example: "expect: [{ domain: cluster, console: \"a text that is never printed\", within: 5 s }]")

  /// A domain can run alone.
  public static let solo = RuleDescription(
    "BH-EMU-006", title: "A domain that runs alone finds its addresses free",
    requirement:
      "A domain that runs without the hypervisor shall have its memory, console and payloads where plain QEMU has RAM, "
      + "its UART and nothing of its own.",
    hazard:
      "The guest would see other addresses than on the hypervisor, and what is learned alone would not hold there.",
    applicability: "`bulkhead run --domain`.",
    example: "memory: [{ size: 64 MiB, base: 0x40000000 }]   # where QEMU puts its own device tree")

  /// Every rule of this module.
  public static let all = [present, recent, alive, audible, expectation, solo]
}
