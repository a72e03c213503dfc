/// How a manifest names a CPU.
public enum CPUReference: Hashable, Sendable {
  /// By its position among the children of `/cpus` with `device_type = "cpu"`, in tree order, from 0.
  case index(Int)
  /// By node: `cpu@100`, or a path, label or alias.
  case node(String)
}
