extension StaticString {
  /// A byte of its UTF-8 form.
  func byte(_ index: Int) -> UInt8 {
    precondition(index >= 0 && index < utf8CodeUnitCount)
    // Sound: within the string, as just checked.
    return unsafe utf8Start[index]
  }
}
