import Foundation

extension PayloadInput {
  /// The files that a manifest names for its domains, read from where its plan read them; mapped, not copied.
  ///
  /// - Throws: `InputError` for a file that cannot be read any more.
  public static func inputs(of manifest: Manifest) throws(InputError) -> [PayloadInput] {
    var inputs: [PayloadInput] = []
    for domain in manifest.domains {
      let name = domain.name.value
      if let kernel = domain.kernel {
        inputs.append(try input(name, "kernel", kernel.value, at: domain.load?.value))
      }
      if let initrd = domain.initrd { inputs.append(try input(name, "initrd", initrd.value)) }
      for file in domain.files { inputs.append(try input(name, "file", file.path.value, at: file.load.value)) }
      if let tree = domain.deviceTree { inputs.append(try input(name, "device-tree", tree.value)) }
    }
    return inputs
  }

  private static func input(
    _ domain: String, _ role: String, _ file: String, at load: UInt64? = nil
  ) throws(InputError) -> PayloadInput {
    PayloadInput(domain: domain, role: role, name: file, bytes: try InputFile.mapped(file), load: load)
  }
}
