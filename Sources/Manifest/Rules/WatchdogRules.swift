import Diagnostics

/// The rules on `watchdog:`.
enum WatchdogRules {
  /// Microseconds that the records have room for: 32 bits, 71 minutes.
  static let longest: UInt64 = 0xFFFF_FFFF
  /// Microseconds of the shortest period: each of its two stages costs an interrupt at EL2.
  static let shortest: UInt64 = 1000

  static let all = [period, start]

  static let period = RuleDescription(
    "BH-WDG-001", title: "a watchdog's times",
    requirement: "`watchdog` shall be 1 ms to 71 minutes, and `watchdog-start` no longer.",
    hazard:
      "A watchdog that expires before a refresh can be made ends a domain that has done nothing wrong; one that takes "
      + "longer than the hypervisor can count never expires.",
    applicability: "`watchdog:` and `watchdog-start:` of a domain.",
    example: "watchdog: 10 us")

  static let start = RuleDescription(
    "BH-WDG-002", title: "a time to start a watchdog that there is",
    requirement: "`watchdog-start` shall stand only beside `watchdog`.",
    hazard: "A reader would believe that the domain has a watchdog.",
    applicability: "Domains.",
    example: "domains:\n  a: { watchdog-start: 30 s, cpus: [0], memory: 64 MiB }")
}
