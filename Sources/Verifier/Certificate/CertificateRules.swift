import Diagnostics

/// What is asked of certificates.
public enum CertificateRules {
  /// All of them.
  static let all = [readable, sameImage]

  /// A certificate is, byte for byte, what this program writes.
  public static let readable = RuleDescription(
    "BH-VER-070", title: "certificate can be read",
    requirement: "A certificate shall be whole, in the one spelling that it is written in, and have its own hash.",
    hazard: "What was proved cannot be told, or somebody has changed it.",
    applicability: "`certificate.txt` in a folder that is verified.",
    example: "sed -i s/refuted/proved/ build/cockpit/certificate.txt")

  /// A certificate lies beside the image that it is of.
  public static let sameImage = RuleDescription(
    "BH-VER-071", title: "certificate is of this image",
    requirement: "A certificate that lies in a folder shall be of what the folder holds.",
    hazard: "Whoever relies on the certificate relies on a proof of something else.",
    applicability: "`certificate.txt` in a folder that is verified.",
    example: "cp build/old/certificate.txt build/cockpit/")
}
