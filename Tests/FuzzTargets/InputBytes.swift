/// An input as a sequence of numbers. Behind its end everything is zero, so that every input means something.
struct InputBytes {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position >= bytes.count }

  mutating func byte() -> UInt8 {
    defer { position += 1 }
    return position < bytes.count ? bytes[position] : 0
  }

  /// A number of some width, little-endian.
  mutating func number<Number: FixedWidthInteger & UnsignedInteger>(_ type: Number.Type = Number.self) -> Number {
    var result: Number = 0
    for index in 0..<Number.bitWidth / 8 { result |= Number(byte()) << Number(index * 8) }
    return result
  }

  /// One of `count` choices, at most 256.
  mutating func choice(_ count: Int) -> Int { Int(byte()) % count }

  /// One of the elements.
  mutating func choice<Element>(of elements: [Element]) -> Element { elements[choice(elements.count)] }

  mutating func bool() -> Bool { byte() & 1 != 0 }
}
