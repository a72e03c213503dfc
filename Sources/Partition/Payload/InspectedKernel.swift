/// A domain's kernel after a look at its headers.
public struct InspectedKernel: Hashable, Sendable {
  /// The file as the manifest names it, resolved.
  public let file: String
  /// Its size in bytes.
  public let fileSize: UInt64
  /// What it is.
  public let format: KernelFormat
}
