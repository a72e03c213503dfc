/// Something that a CPU may have and a domain may require, by the name that Linux has for it in /proc/cpuinfo.
public struct CPUFeature: Hashable, Sendable {
  /// The name.
  public let name: String
  /// A CPU has it if one of these fields is at least so great.
  let fields: [Level]

  /// A field and the least value with which the feature is there.
  struct Level: Hashable, Sendable {
    let field: IDField
    let minimum: UInt64
  }

  private init(_ name: String, _ register: IDRegister, _ shifts: [UInt64], _ minimum: UInt64 = 1) {
    self.name = name
    fields = shifts.map { Level(field: IDField(register: register, shift: $0), minimum: minimum) }
  }

  /// The feature of that name.
  public static func named(_ name: String) -> CPUFeature? { all.first { $0.name == name } }

  /// Whether registers with these values say that the feature is there.
  public func isPresent(in registers: [IDRegister: UInt64]) -> Bool {
    fields.contains { level in
      registers[level.field.register].map { level.field.isAtLeast(level.minimum, level.field.value(in: $0)) } ?? false
    }
  }

  /// Every feature that can be named; fields and values: Arm DDI 0487, D19.2, under the register's name.
  public static let all: [CPUFeature] = [
    CPUFeature("aes", .isar0, [4]), CPUFeature("pmull", .isar0, [4], 2), CPUFeature("sha1", .isar0, [8]),
    CPUFeature("sha2", .isar0, [12]), CPUFeature("sha512", .isar0, [12], 2), CPUFeature("crc32", .isar0, [16]),
    CPUFeature("atomics", .isar0, [20], 2), CPUFeature("asimdrdm", .isar0, [28]), CPUFeature("sha3", .isar0, [32]),
    CPUFeature("sm3", .isar0, [36]), CPUFeature("sm4", .isar0, [40]), CPUFeature("asimddp", .isar0, [44]),
    CPUFeature("asimdfhm", .isar0, [48]), CPUFeature("flagm", .isar0, [52]), CPUFeature("rng", .isar0, [60]),
    CPUFeature("dcpop", .isar1, [0]), CPUFeature("paca", .isar1, [4, 8]), CPUFeature("jscvt", .isar1, [12]),
    CPUFeature("fcma", .isar1, [16]), CPUFeature("lrcpc", .isar1, [20]), CPUFeature("pacg", .isar1, [24, 28]),
    CPUFeature("frint", .isar1, [32]), CPUFeature("sb", .isar1, [36]), CPUFeature("bf16", .isar1, [44]),
    CPUFeature("i8mm", .isar1, [52]), CPUFeature("fp", .pfr0, [16], 0), CPUFeature("fphp", .pfr0, [16], 1),
    CPUFeature("asimd", .pfr0, [20], 0), CPUFeature("asimdhp", .pfr0, [20], 1), CPUFeature("ras", .pfr0, [28]),
    CPUFeature("sve", .pfr0, [32]), CPUFeature("dit", .pfr0, [48]), CPUFeature("bti", .pfr1, [0]),
    CPUFeature("ssbs", .pfr1, [4]), CPUFeature("mte", .pfr1, [8], 2), CPUFeature("pan", .mmfr1, [20]),
    CPUFeature("uao", .mmfr2, [4]), CPUFeature("uscat", .mmfr2, [32]),
  ]
}
