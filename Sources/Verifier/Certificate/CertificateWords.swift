import Ownership

/// The words of a certificate's lines, as they are written.
enum CertificateWords {
  /// A name between quotation marks, on one line whatever it holds.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\u{\(String(scalar.value, radix: 16))}"
      case " "..."~": result.unicodeScalars.append(scalar)
      default: result += "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
    return result + "\""
  }

  /// An owner or a party.
  static func words(_ owner: Owner) -> String {
    switch owner {
    case .hypervisor: "hypervisor"
    case .firmware: "firmware"
    case .nobody: "nobody"
    case .domain(let name): "domain " + quoted(name)
    case .channel(let name): "channel " + quoted(name)
    }
  }

  /// Rights: some of `rwx`, in this order.
  static func words(_ rights: Rights) -> String {
    (rights.contains(.read) ? "r" : "") + (rights.contains(.write) ? "w" : "") + (rights.contains(.execute) ? "x" : "")
  }

  /// A thing that is owned.
  static func words(_ resource: Resource) -> String {
    switch resource {
    case .memory(let range): "memory \(range)"
    case .device(let range): "device \(range)"
    case .interrupt(let intid): "interrupt \(intid)"
    case .cpu(let affinity): "cpu \(affinity.hexadecimal)"
    case .stream(let smmu, let id, let mask):
      "stream \(quoted(smmu)) \(UInt64(id).hexadecimal) \(UInt64(mask).hexadecimal)"
    case .provider(let path): "provider \(quoted(path))"
    case .call(let functions, let mask, let value):
      "call \(UInt64(functions.lowerBound).hexadecimal)..\(UInt64(functions.upperBound).hexadecimal) "
        + "\(mask.hexadecimal) \(value.hexadecimal)"
    case .colour(let number): "colour \(number)"
    }
  }
}
