/// Which node is looked for.
public enum TreeQuery {
  /// The node at a path that stands in the blob itself (the value of `stdout-path`, without options).
  case path(Range<Int>)
  /// The node at a path.
  case fixedPath(StaticString)
  /// The first enabled node with this among its `compatible` strings.
  case compatible(StaticString)
  /// The first enabled node of this `device_type` (`memory`, `cpu`).
  case deviceType(StaticString)
  /// The first enabled node with this among its `compatible` strings and exactly this `label`.
  case labelled(StaticString, compatible: StaticString)
}
