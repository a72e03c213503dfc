import GuestSupport
import GuestTree

/// The device tree that the guest was handed, where it lies in memory.
public enum DeviceTreeBlob {
  /// The most bytes of a tree that are looked at.
  private static var sizeLimit: UInt32 { 2 << 20 }

  /// Runs `body` with the tree's bytes; `nil` where there is no tree at the address.
  public static func read<Result>(at address: UInt64, _ body: (Span<UInt8>) -> Result) -> Result? {
    guard address != 0, address & 7 == 0, UInt32(bigEndian: guest_load32(address)) == 0xD00D_FEED else { return nil }
    let size = UInt32(bigEndian: guest_load32(address + 4))
    guard size >= 40, size <= sizeLimit, let start = unsafe UnsafePointer<UInt8>(bitPattern: UInt(address)) else {
      return nil
    }
    let bytes = unsafe UnsafeBufferPointer(start: start, count: Int(size))
    return unsafe body(bytes.span)
  }
}
