import GuestKit
import GuestSupport

/// The heartbeat: every 100 ms it measures how late it is, advances the drive and publishes the speed.
struct InstrumentCluster {
  /// Heartbeats a second.
  private static var rate: UInt64 { 10 }

  private let hardware: ClusterHardware
  private let ticksPerSecond: UInt64
  private var telemetry: TelemetryPage?
  private var drive = SimulatedDrive()
  private var deadline: UInt64 = 0
  private var heartbeats: UInt32 = 0
  private var worstLateness: UInt64 = 0

  init(hardware: ClusterHardware) {
    self.hardware = hardware
    telemetry = hardware.telemetry
    ticksPerSecond = max(guest_counter_frequency(), InstrumentCluster.rate)
  }

  /// What the interrupt handler takes interrupts from.
  var interrupts: InterruptController { hardware.interrupts }

  /// Arms the timer for the first beat.
  mutating func start() {
    deadline = guest_counter() + ticksPerSecond / InstrumentCluster.rate
    guest_set_timer(deadline)
  }

  /// One interrupt, which has ended; `counter` is CNTVCT_EL0 on entry. The timer is off, and armed afterwards.
  mutating func handle(intid: UInt32, counter: UInt64) {
    guard intid == hardware.timerInterrupt, counter >= deadline else {
      guest_set_timer(deadline)
      return
    }
    worstLateness = max(worstLateness, counter - deadline)
    heartbeats &+= 1
    // From the deadline, not from now: lateness does not add up. Beats that were missed altogether are skipped.
    let interval = ticksPerSecond / InstrumentCluster.rate
    deadline += interval * ((counter - deadline) / interval + 1)
    guest_set_timer(deadline)

    let speed = drive.next()
    telemetry?.publish(speed: speed, heartbeats: heartbeats)
    if UInt64(heartbeats) % InstrumentCluster.rate == 0 { report(speed: speed) }
    answer()
  }

  /// Says which key was pressed, one at a beat: the console's other direction.
  private func answer() {
    guard let serial = hardware.serial, let key = serial.read() else { return }
    serial.write("key ")
    serial.write(hexadecimal: UInt64(key))
    serial.endLine()
  }

  private func report(speed: UInt32) {
    guard let serial = hardware.serial else { return }
    serial.write("heartbeat ")
    serial.write(decimal: UInt64(heartbeats))
    serial.write(" worst-lateness ")
    serial.write(decimal: microseconds(worstLateness))
    serial.write(" us, speed ")
    serial.write(decimal: UInt64(speed / 10))
    serial.write(".")
    serial.write(decimal: UInt64(speed % 10))
    serial.write(" km/h")
    serial.endLine()
  }

  /// Whole microseconds of a number of ticks, without overflow.
  private func microseconds(_ ticks: UInt64) -> UInt64 {
    let seconds = min(ticks / ticksPerSecond, 1_000_000)
    return seconds * 1_000_000 + ticks % ticksPerSecond * 1_000_000 / ticksPerSecond
  }
}
