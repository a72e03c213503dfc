/// What the buses above a node say of the addresses that it uses for DMA (devicetree specification, 2.3.9).
public enum DMAView: Hashable, Sendable {
  /// Nothing.
  case unstated
  /// An empty `dma-ranges`: addresses are the CPUs'.
  case identity
  /// Through these windows alone.
  case windows([DMAWindow])
  /// `dma-ranges` of the node at this path cannot be read, or lead through a window above that does not hold them.
  case unreadable(path: String)
}
