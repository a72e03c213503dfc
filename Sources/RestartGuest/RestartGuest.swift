import GuestKit
import GuestSupport
import GuestTree
import RestartSupport

/// A guest that looks for what an earlier run of its domain left, leaves something everywhere, and has itself restarted.
///
/// By `/chosen/bootargs`, one word: it shuts down after seven runs; `two-cpus` has a second CPU run too, `one-run` shuts
/// down after the first, `quick-1000` after a thousand that leave out what takes time, and `quick-forever` never.
@c(guest_main)
public func restartMain(treeAddress: UInt64, startCounter: UInt64) {
  // Before anything else changes them.
  let registers = restart_remaining_registers()
  let guest: RestartGuest?? = DeviceTreeBlob.read(at: treeAddress) { tree in
    RestartGuest(tree: tree, at: treeAddress, registers: registers)
  }
  guard let found = guest, let guest = found else { return }
  guest.run()
}

/// No interrupt is ever let through.
@c(guest_interrupt)
public func restartInterrupt(counter: UInt64) {}

/// One run.
struct RestartGuest {
  private let serial: SerialPort
  private let memory: TreeRegisters
  private let treeBase: UInt64
  private let treeSize: UInt64
  private let interrupts: InterruptController
  private let record: RunRecord
  private let registers: UInt64
  private let isQuick: Bool
  private let isForever: Bool
  private let lastRun: UInt64
  private let hasSecondCPU: Bool

  /// Finds everything; `nil` without a console, memory, a GIC or the channel `runs`.
  init?(tree: Span<UInt8>, at address: UInt64, registers: UInt64) {
    guard let serial = SerialPort(tree: tree), let interrupts = InterruptController(tree: tree),
      let memory = TreeSearch.find(.deviceType("memory"), in: tree)?.registers(0, in: tree),
      let channel = TreeSearch.find(.labelled("runs", compatible: "bulkhead,channel"), in: tree),
      let page = channel.registers(0, in: tree)
    else { return nil }
    GuestFault.report(on: serial)
    self.serial = serial
    self.interrupts = interrupts
    self.memory = memory
    treeBase = address
    treeSize = UInt64(tree.count)
    self.registers = registers
    record = RunRecord(base: page.base)
    let chosen = TreeSearch.find(.fixedPath("/chosen"), in: tree)
    func asks(_ word: StaticString) -> Bool { chosen?.lists(word, in: "bootargs", of: tree) == true }
    isForever = asks("quick-forever")
    isQuick = isForever || asks("quick-1000")
    lastRun = asks("quick-1000") ? 1000 : asks("one-run") ? 1 : 7
    hasSecondCPU = asks("two-cpus")
  }

  /// Looks, says what was found, fills, and ends.
  func run() {
    let run = record.begin()
    let word = firstLeft()
    let lines = linesLeft()
    let isClean = registers == 0 && word == nil && lines == 0
    if !isClean || !isQuick || run % 100 == 0 { report(run, isClean, word, lines) }
    if !isClean { guest_stop() }
    let second = hasSecondCPU ? startSecond() : 0
    if second != 0 {
      say("CPU 1 has registers of an earlier run:", second)
      guest_stop()
    }
    if run >= lastRun, !isForever {
      say("runs were all clean:", run)
      _ = restart_call(0x8400_0008, 0, 0, 0)
    }
    fill()
    end(run)
  }

  private func report(_ run: UInt64, _ isClean: Bool, _ word: UInt64?, _ lines: UInt64) {
    if isClean { return say("nothing is left of an earlier run; run", run) }
    say("registers with something of an earlier run:", registers)
    if let word { say("memory with something of an earlier run, at", word) }
    say("interrupt state with something of an earlier run:", lines)
  }

  private func say(_ text: StaticString, _ number: UInt64) {
    serial.write(text)
    serial.write(" ")
    serial.write(decimal: number)
    serial.endLine()
  }

  /// The first word of memory that is not zero, beside what is loaded and the stack.
  private func firstLeft() -> UInt64? {
    if isQuick { return nil }
    let end = memory.base + memory.size
    let before = restart_first_nonzero(imageEnd, treeBase)
    if before < treeBase { return before }
    let treeEnd = (treeBase + treeSize + 7) & ~7
    let behind = restart_first_nonzero(treeEnd, end)
    return behind < end ? behind : nil
  }

  private var imageEnd: UInt64 { restart_image_end() }

  /// What the interrupt controller shows that it does not after a reset: groups that are let through, enabled, pending and
  /// active private lines but SGIs (which a GICv2 always has enabled), and their priorities.
  private func linesLeft() -> UInt64 {
    let lines = interrupts.privateInterrupts
    var left: UInt64 = guest_load32(interrupts.distributor) & 3 != 0 ? 1 : 0
    // ISENABLER0, ISPENDR0 and ISACTIVER0, then IPRIORITYR4 to 7.
    for register in stride(from: lines + 0x100, through: lines + 0x300, by: 0x100)
    where guest_load32(register) & 0xFFFF_0000 != 0 { left += 1 }
    for register in stride(from: lines + 0x410, through: lines + 0x41C, by: 4) where guest_load32(register) != 0 {
      left += 1
    }
    return left
  }

  /// Starts CPU 1 and waits for what it found; how many of its registers held something.
  private func startSecond() -> UInt64 {
    let page = treeBase - 4096
    _ = restart_call(0xC400_0003, 1, restart_second_cpu_entry(), page)
    while guest_load32(page + 4) >> 31 == 0 {}
    return UInt64(guest_load32(page))
  }

  private func fill() {
    interrupts.enable()
    // The timers', by the usual INTIDs.
    interrupts.enable(privateInterrupt: 27)
    interrupts.enable(privateInterrupt: 30)
    if !isQuick {
      // The stack is in between; the page below the tree is the second CPU's.
      restart_fill(imageEnd, treeBase - 4096)
      restart_fill((treeBase + treeSize + 15) & ~15, memory.base + memory.size)
      // Code and tree are the worst that a run can leave: the last word of the image is its stack's page.
      restart_fill(treeBase, treeBase + (treeSize & ~15))
    }
    restart_fill_registers()
  }

  private func end(_ run: UInt64) {
    if run % 3 == 2 { restart_jump(memory.base - 0x1000) }
    // SYSTEM_RESET, and SYSTEM_RESET2 of the architecture's warm reset.
    _ = restart_call(run % 3 == 0 ? 0x8400_0009 : 0xC400_0012, 0, 0, 0)
    say("CAME BACK from a reset in run", run)
  }
}
