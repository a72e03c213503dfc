import Diagnostics

/// The keys of an entry of a domain's `files:`.
enum FileKeys {
  static let path = Key("path", .path, required: true, "The file.")
  static let load = Key("load", .address, required: true, "The guest address of its first byte.")

  static let all: [any SectionKey] = [path, load]

  static let form = Form<FileDeclaration>.section(all, isJoined: false) { fields, _ in
    guard let path = fields[path], let load = fields[load] else { return nil }
    return FileDeclaration(path: path, load: load)
  }
}
