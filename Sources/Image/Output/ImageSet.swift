/// Everything that a build writes, before any of it is written.
public struct ImageSet: Sendable {
  /// The files in the order of writing, without the load map.
  public var files: [ImageFile]
  /// What is loaded where; its hashes are filled in when the files are written.
  public let loadMap: LoadMap
  /// What is made for U-Boot once the files are there; `nil` if nothing is.
  public let uBoot: UBootOutput?
}
