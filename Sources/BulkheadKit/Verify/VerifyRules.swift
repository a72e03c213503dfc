/// What is asked of a built folder beside the claims on its bytes.
public enum VerifyRules {
  /// All of them.
  static let all = [sameManifest, keptInput, ownFault]

  /// The manifest is the one that the folder was built from.
  public static let sameManifest = RuleDescription(
    "BH-VER-072", title: "the manifest is the one that the folder was built from",
    requirement:
      "A folder shall be held against the manifest, the files that it includes, the board's tree and the payloads that "
      + "it was built from, and a plan of them shall give the addresses that it was built with.",
    hazard: "Differences between two systems would be taken for faults of an image, or the other way round.",
    applicability: "`verify`; hashes of inputs are left out with `--no-hashes`.",
    example: "bulkhead verify build/cockpit --manifest other.yaml")

  /// What a folder keeps of its inputs is what it was built from.
  public static let keptInput = RuleDescription(
    "BH-VER-073", title: "the inputs that a folder keeps are those that it was built from",
    requirement:
      "`lock.yaml` of a built folder shall name for every input an ordinary file of the folder with the recorded SHA-256.",
    hazard: "An image would be held against inputs that somebody exchanged together with it.",
    applicability: "`verify` without `--manifest`; hashes are left out with `--no-hashes`.",
    example: "cp other.bin build/cockpit/payloads/cluster-kernel.bin && bulkhead verify build/cockpit")

  /// What Bulkhead writes is what it planned.
  public static let ownFault = RuleDescription(
    "BH-VER-074", title: "what is built is what was planned",
    requirement: "Every claim shall hold on the files that `build` has written before they take their place.",
    hazard: "A fault in the compiler would reach the board.",
    applicability:
      "`build`. Nothing is written then. On a board that the runtime drives a finding here is a fault of Bulkhead's own.",
    example: "bulkhead build m.yaml      # and a translation table maps a page too many")
}
