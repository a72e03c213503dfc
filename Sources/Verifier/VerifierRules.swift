import Diagnostics

/// What is asked of the finished bytes. The ids up to BH-VER-009 are about reading them at all, those above are claims.
public enum VerifierRules {
  /// Every rule of this module.
  public static let all: [RuleDescription] =
    reading + ClaimBook.all.map { $0.description } + CertificateRules.all

  /// The way out of everything that is wrong with finished bytes.
  static let rebuild = "build it again with `bulkhead build`; do not edit what it wrote"
}
