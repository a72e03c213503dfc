/// One step through the structure block of a flattened tree (Devicetree Specification v0.4, section 5.4.1).
///
/// Ranges count bytes of the blob.
enum TreeToken {
  /// A node starts; its name without the terminating zero.
  case begin(name: Range<Int>)
  /// A property of the innermost open node.
  case property(name: Range<Int>, value: Range<Int>)
  /// The innermost open node ends.
  case end
}
