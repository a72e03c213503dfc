/// What a series of readings of the counter comes to.
struct Series {
  /// How many readings a series has.
  static var length: Int { 1000 }

  private(set) var least: UInt64 = .max
  private(set) var greatest: UInt64 = 0

  /// Takes in one reading.
  mutating func add(_ reading: UInt64) {
    least = min(least, reading)
    greatest = max(greatest, reading)
  }
}
