import Diagnostics

/// What is asked of the finished bytes. The ids up to BH-VER-009 are about reading them at all, those above are claims.
public enum VerifierRules {
  /// Every rule of this module.
  public static let all: [RuleDescription] = reading + ClaimBook.all.map { $0.description }

  /// What has to hold before a claim can be looked at.
  static let reading = [container]

  static let container = RuleDescription(
    "BH-VER-001", title: "container can be read",
    requirement: "The image shall be a whole container of a kind that `build` writes: its segments shall not overlap.",
    hazard: "What a boot loader would put into memory cannot be told, so that nothing can be proved about it.",
    applicability: "Every image that is verified.",
    example: "bulkhead verify build/cockpit   # image.elf was cut short")
}
