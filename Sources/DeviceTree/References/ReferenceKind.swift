/// What a reference from one node to another is for.
public enum ReferenceKind: String, Sendable, CaseIterable {
  case clock
  case reset
  case powerDomain = "power-domain"
  case regulator
  case pinState = "pin-state"
  case gpio
  case gpioRange = "gpio-range"
  case interrupt
  case messageInterrupt = "message-interrupt"
  case dmaChannel = "dma-channel"
  case iommu
  case mailbox
  case phy
  case ethernetPHY = "ethernet-phy"
  case pwm
  case interconnect
  case ioChannel = "io-channel"
  case hardwareLock = "hardware-lock"
  case thermalSensor = "thermal-sensor"
  case coolingDevice = "cooling-device"
  case sound
  case mux
  case memoryRegion = "memory-region"
  case sram
  case nonVolatileMemory = "non-volatile-memory"
  case operatingPoints = "operating-points"
  case idleState = "idle-state"
  case cache
  case cpu
  case display
  case bus
  case firmware
  case graph
  case systemController = "system-controller"
  case companion
  case configuration
}
