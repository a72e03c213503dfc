import Diagnostics

/// The keys of `xen:`.
enum XenKeys {
  static let image = Key("image", .path, required: true, "Xen's arm64 image.")
  static let config = Key("config", .path, "The configuration that Xen was built with (`.config`).")

  static let all: [any SectionKey] = [image, config]

  static let form = Form<XenSection>.section(all) { fields, _ in
    fields[image].map { XenSection(image: $0, config: fields[config]) }
  }
}
