/// What kind of thing a finding is about; `resource.kind` in the JSON of `check` and `verify`.
public enum ResourceKind: String, Sendable, CaseIterable {
  case page
  case memory
  case interrupt
  case stream
  case cpu
  case provider
  case dmaChannel = "dma-channel"
  case resetLine = "reset-line"
  case gpioLine = "gpio-line"
  case powerDomain = "power-domain"
  case mailboxChannel = "mailbox-channel"
  case phy
  case reservedMemory = "reserved-memory"
  case region
  case dependency
  case interruptController = "interrupt-controller"
  case colour
  case payload
  case malformed
  case console
  case channel
  case device
  case domain
  case limit
  case feature
  case manifest
  case file
}
