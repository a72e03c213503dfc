/// A drive that is the same every time: speed up, cruise, slow down, stand, and again.
struct SimulatedDrive {
  private static var speedingUp: UInt32 { 120 }
  private static var cruising: UInt32 { 240 }
  private static var slowingDown: UInt32 { 360 }
  private static var period: UInt32 { 400 }

  private var step: UInt32 = 0

  /// Vehicle speed in tenths of km/h; one step is 100 ms. It tops out at 90 km/h.
  mutating func next() -> UInt32 {
    step = (step + 1) % SimulatedDrive.period
    if step < SimulatedDrive.speedingUp { return step * 900 / SimulatedDrive.speedingUp }
    if step < SimulatedDrive.cruising { return 900 }
    if step < SimulatedDrive.slowingDown { return (SimulatedDrive.slowingDown - step) * 900 / 120 }
    return 0
  }
}
