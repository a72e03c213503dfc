import ImageFormat
import Synchronization

/// What EL2 remembers of a domain, in memory that the compiler reserves and the loader zeroes.
///
/// Several CPUs of the domain use it at once: what is atomic may be read at any time; everything else, and every change
/// that takes more than one step, belongs to whoever holds `lock`. No other domain's CPU waits for that lock. CPUs of
/// other domains touch only `virtualLines`, the consumer's end of `output` and, on the CPU that takes the UART's
/// interrupts, the producer's end of `input`.
public struct DomainState: ~Copyable {
  /// Guards the distributor, the redistributors and the console.
  public let lock = TicketLock()
  /// Whether it runs.
  public let status = DomainStatus()
  /// Virtual CPUs with lines that wait for a list register, one bit each.
  public let waitingCPUs = Atomic<UInt32>(0)

  /// The last word with a line of the domain; GICD_TYPER.ITLinesNumber.
  public let highestWord = Atomic<UInt32>(0)
  /// GICD_CTLR as the domain wrote it, bits 1:0.
  public let groupEnables = Atomic<UInt32>(0)
  /// GICD_ISENABLER of its lines, by word; word 0 is each CPU's own.
  public let enabled = InlineArray<32, Atomic<UInt32>> { _ in Atomic(0) }
  /// GICD_IPRIORITYR, four lines a word.
  public let priorities = InlineArray<256, Atomic<UInt32>> { _ in Atomic(0) }
  /// The lines that EL2 makes: the console's and those of virtual devices.
  public let virtualLines = VirtualLines()

  /// What only the holder of the lock touches.
  public var locked = LockedState()
  /// What it sent; taken by whoever owns the real UART.
  public let output = ByteRing<1024>()
  /// What it will receive; put there by the CPU that takes the real UART's interrupts.
  public let input = ByteRing<256>()
  /// The domain filled `output` and its UART interrupts when there is room again.
  public let waitsForRoom = Atomic<UInt32>(0)

  /// Accesses refused with an external abort.
  public let refusedAccesses = Atomic<UInt32>(0)
  /// Calls answered with NOT_SUPPORTED.
  public let refusedCalls = Atomic<UInt32>(0)
  /// System registers and instructions that were undefined for it.
  public let undefinedInstructions = Atomic<UInt32>(0)
  /// Cache maintenance by set and way that was ignored.
  public let ignoredSetWay = Atomic<UInt32>(0)
  /// 1 while a CPU writes its entry of the health page.
  public let healthWriter = Atomic<UInt32>(0)
  /// Bytes that it wrote to a full UART.
  public let lostOutput = Atomic<UInt32>(0)

  /// A domain that has not started.
  public init() {}
}
