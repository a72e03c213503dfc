import Diagnostics

/// Rules on numbers, quantities and texts.
extension ManifestRules {
  static let values = [
    numberNotation, outOfRange, quantityNotation, emptyQuantity, addressOverflow, textForm, propertyName, keptProperty,
  ]

  static let numberNotation = RuleDescription(
    "BH-MAN-006", title: "numbers that everybody reads alike",
    requirement: "Numbers shall be whole and decimal, or hexadecimal with `0x`: no leading zeros, signs, underscores, "
      + "exponents, octal, binary or sexagesimal numbers.",
    hazard: "`012` is ten to YAML 1.1 and twelve to YAML 1.2; a payload would land at another address.",
    example: "load: 040080000")

  static let outOfRange = RuleDescription(
    "BH-MAN-007", title: "numbers in range",
    requirement: "Numbers shall lie in the range that their key allows, and shall fit 64 bits.",
    hazard: "A number that wraps around names memory that belongs to somebody else.",
    example: "load: 0x1_0000_0000_0000_0000 without the underscores: 65 bits")

  static let quantityNotation = RuleDescription(
    "BH-MAN-008", title: "units",
    requirement: "Sizes shall be given in KiB, MiB, GiB or plain bytes, times in us, ms or s, rates in kB/s or MB/s.",
    hazard: "`64 MB` and `64 MiB` differ by 3 MiB; a kernel that fits the one does not fit the other.",
    example: "memory: 64 MB")

  static let emptyQuantity = RuleDescription(
    "BH-MAN-009", title: "no empty sizes and times",
    requirement: "Sizes, times and rates shall not be 0.",
    hazard: "A region of no bytes owns nothing, and some hardware reads 0 as “everything”.",
    example: "memory: 0 MiB")

  static let addressOverflow = RuleDescription(
    "BH-MAN-010", title: "memory ends before 2^64",
    requirement: "A region's base and size together shall not run past the last 64-bit address.",
    hazard: "The end wraps around to 0, and checks that compare ends accept memory of somebody else.",
    applicability: "Every base or guest address with a size; the board's own limits have rules of their own.",
    example: "memory: [{ base: 0xFFFFFFFFFFFFF000, size: 8 KiB }]")

  static let textForm = RuleDescription(
    "BH-MAN-011", title: "texts that can be used",
    requirement: "Names, paths and command lines shall not be empty where one is needed, and shall hold no control "
      + "characters.",
    hazard: "A line break in a name or path changes what a script or a device tree says after it.",
    example: "kernel: \"\"")

  static let propertyName = RuleDescription(
    "BH-MAN-012", title: "names of device-tree properties",
    requirement: "The keys of `set:` shall be property names by the Devicetree Specification, section 2.2.4.1.",
    hazard: "The domain's device tree would not be one that its kernel reads.",
    applicability: "`set:` of a device.",
    example: "set: { \"mac address\": [2, 0, 0, 0, 0, 1] }")

  static let keptProperty = RuleDescription(
    "BH-MAN-013", title: "properties that describe ownership stay",
    requirement: "`set:` shall not change a property by which ownership is judged or that Bulkhead writes itself.",
    hazard: "The domain's device tree would promise registers, interrupts or memory that the domain does not own.",
    applicability: "`set:` of a device; other properties may be set freely.",
    example: "set: { reg: [0x9000000, 0x1000] }")
}
