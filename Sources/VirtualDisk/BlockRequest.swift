/// Numbers of the block device's requests (virtio 1.2, 5.2.6).
public enum BlockRequest {
  /// Bytes of a sector.
  public static var sectorSize: UInt64 { 512 }
  /// Bytes of what stands before a request's data: type, reserved, sector.
  static var headerSize: UInt64 { 16 }

  /// VIRTIO_BLK_T_IN.
  static var read: UInt32 { 0 }
  /// VIRTIO_BLK_T_OUT.
  static var write: UInt32 { 1 }
  /// VIRTIO_BLK_T_FLUSH.
  static var flush: UInt32 { 4 }

  /// VIRTIO_BLK_S_OK.
  static var ok: UInt8 { 0 }
  /// VIRTIO_BLK_S_IOERR.
  static var failed: UInt8 { 1 }
  /// VIRTIO_BLK_S_UNSUPP.
  static var unsupported: UInt8 { 2 }
}
