/// One descriptor (virtio 1.2, 2.7.5), as it stood when it was loaded.
struct Descriptor {
  /// Another one follows.
  static var next: UInt16 { 1 }
  /// The device writes it; otherwise it reads.
  static var deviceWrites: UInt16 { 2 }
  /// It leads to a table of descriptors, which nobody here offers (VIRTIO_F_INDIRECT_DESC).
  static var indirect: UInt16 { 4 }

  let address: UInt64
  let length: UInt32
  let flags: UInt16
  let following: UInt16

  /// Loads each field once.
  init(_ number: UInt16, of queue: QueueLayout, in pages: borrowing some SharedPages) {
    let place = queue.descriptor(number)
    address = pages.load64(place)
    length = pages.load32(place + 8)
    flags = pages.load16(place + 12)
    following = pages.load16(place + 14)
  }

  /// Takes the fields.
  init(address: UInt64, length: UInt32, flags: UInt16, following: UInt16) {
    self.address = address
    self.length = length
    self.flags = flags
    self.following = following
  }

  /// Stores it.
  func store(_ number: UInt16, of queue: QueueLayout, in pages: borrowing some SharedPages) {
    let place = queue.descriptor(number)
    pages.store64(place, address)
    pages.store32(place + 8, length)
    pages.store16(place + 12, flags)
    pages.store16(place + 14, following)
  }
}
