import Board
import DeviceTree
import Diagnostics
import Partition

/// Makes the device tree that a domain boots with.
///
/// What stands in it:
/// - the root: the board's `model` and `compatible`, `bulkhead,domain` behind them, two cells for addresses and sizes, the
///   GIC as interrupt parent;
/// - `/chosen`: bootargs, stdout-path (by the alias `serial0`), the initrd's guest addresses;
/// - `/cpus`: one node for each CPU of the domain, `reg` its number from 0, with the board's `compatible`, capacity
///   and caches, started by PSCI; `/psci` by HVC, which the runtime takes as well as SMC, and plain QEMU without EL2
///   takes alone, so that the same tree boots the domain without a hypervisor;
/// - a memory node for each region of RAM by guest address; granted reserved memory below `/reserved-memory`, its
///   pages also in a memory node unless it is `no-map`;
/// - the virtual GICv3 with the domain's redistributors or the virtual GICv2 with its CPU interface, the timer with the board's interrupt numbers;
/// - the virtual PL011 and its fixed clock;
/// - the watchdog (`arm,sbsa-gwdt`);
/// - the channels (`bulkhead,channel`), which no memory node covers, or a PCI bus with a function for each;
/// - the assigned devices (`DeviceCopier` says how they are copied), and the board's aliases for them.
public enum DomainTreeWriter {
  /// The flattened tree of a domain.
  public static func tree(for domain: DomainPlan, in plan: Plan) throws(DomainTreeError) -> [UInt8] {
    try write(for: domain, in: plan).blob
  }

  /// The flattened tree of a domain, with notes on what was left out.
  public static func write(for domain: DomainPlan, in plan: Plan) throws(DomainTreeError) -> DomainTree {
    let disabled = plan.manifest.disabled.compactMap { plan.board.tree.resolve($0.value)?.path }
    let written = try write(for: domain, on: plan.board, channels: plan.channels, disabled: Set(disabled)) { provider in
      plan.treatment(ofProvider: provider, in: domain.name)
    }
    return DomainTree(blob: written.blob, findings: written.findings + IdleSwitching.findings(domain, plan))
  }

  static func write(
    for domain: DomainPlan, on board: Board, channels: [ChannelPlan], disabled: Set<String> = [],
    treatment: @escaping (String) -> ProviderTreatment?
  ) throws(DomainTreeError) -> DomainTree {
    var phandles = PhandleAllocator(board)
    var copier = DeviceCopier(domain, board, disabled: disabled, treatment: treatment, phandles: &phandles)
    let devices = copier.copy()
    var root = RootNode.node(domain, board, gic: phandles.gic)
    let console = ConsoleNodes(domain, phandles: &phandles)
    let aliases = Aliases(console: console.path ?? copier.console, devices: copier.aliases)
    root.children = [ChosenNode.node(domain, board, console: aliases.console)]
    if let aliases = aliases.node { root.children.append(aliases) }
    root.children += ProcessorNodes.nodes(domain, board)
    root.children += MemoryNodes.nodes(domain, board)
    root.children += InterruptNodes.nodes(domain, board, gic: phandles.gic)
    root.children += console.nodes + WatchdogNode.nodes(domain) + ChannelNodes.nodes(domain, channels)
    root.children += FunctionNodes.nodes(domain, gic: phandles.gic) + devices
    do throws(TreeWritingError) {
      return DomainTree(blob: try root.flattened(), findings: copier.findings)
    } catch {
      throw DomainTreeError(
        finding: Finding(
          DomainTreeRules.writable, .error,
          "the device tree of domain \(domain.name) cannot be written: \(error.words)",
          subjects: ["domains.\(domain.name)"], domains: [domain.name], spans: [domain.declaration.span],
          help: "look at what set: and cmdline: of this domain put into the tree"))
    }
  }
}
