/// Where everything stands in the partition table: byte offsets, counted anew from what the doc comments of
/// `ImageFormat` say (little-endian integers in their order, each at a multiple of its size, no padding), and held equal
/// to its structs by a test only. A mistake of the writer's layout does not repeat itself here.
enum PartitionOffsets {
  /// `BULKHEAD` in ASCII, least significant byte first.
  static let magicValue: UInt64 = 0x4441_4548_4B4C_5542
  /// The version of the records that this reader knows.
  static let versionValue: UInt32 = 4

  /// The head.
  enum Head {
    static let magic = 0
    static let version = 8
    static let size = 12
    static let hypervisorBase = 16
    static let hypervisorSize = 24
    static let translationTable = 32
    static let translationControl = 40
    static let memoryAttributes = 48
    static let cpuCount = 56
    static let domainCount = 60
    static let regionCount = 64
    static let callRangeCount = 68
    static let cpusOffset = 72
    static let domainsOffset = 76
    static let regionsOffset = 80
    static let callRangesOffset = 84
    static let gicVersion = 88
    static let maintenanceINTID = 92
    static let distributor = 96
    static let consoleKind = 104
    static let consoleINTID = 108
    static let consoleBase = 112
    static let consoleCPU = 120
    static let cpuStart = 124
    static let virtualTimerINTID = 128
    static let physicalTimerINTID = 132
    static let hypervisorTimerINTID = 136
    static let timerFrequency = 140
    static let physicalAddressBits = 144
    static let bootCPU = 148
    static let cpuInterface = 152
    static let hypervisorInterface = 160
    static let machineFlags = 168
    static let healthPage = 176
    static let virtualDeviceCount = 184
    static let virtualDevicesOffset = 188
    static let restartCount = 192
    static let restartsOffset = 196
    static let spanCount = 200
    static let spansOffset = 204
    static let copyCount = 208
    static let copiesOffset = 212
    static let stepCount = 216
    static let stepsOffset = 220
    static let smmuCount = 224
    static let streamCount = 228
    static let smmusOffset = 232
    static let streamsOffset = 236
    /// Bytes of the head.
    static let total = 240
  }

  /// A CPU record.
  enum CPU {
    static let affinity = 0
    static let state = 8
    static let redistributor = 16
    static let domain = 24
    static let virtualIndex = 28
    static let midr = 32
    static let midrMask = 36
    static let releaseAddress = 40
    /// Bytes of a record.
    static let total = 48
    /// `domain` of a CPU that belongs to none.
    static let noDomain: UInt32 = 0xFFFF_FFFF
  }

  /// A domain record.
  enum Domain {
    /// Bytes of the name with the zeros that pad it.
    static let nameSize = 32
    static let stage2Table = 32
    static let stage2Control = 40
    static let entry = 48
    static let treeAddress = 56
    static let state = 64
    static let distributor = 72
    static let redistributor = 80
    static let consoleBase = 88
    static let consoleINTID = 96
    static let onFault = 100
    static let criticality = 104
    static let features = 108
    static let firstCPU = 112
    static let cpuCount = 116
    static let firstRegion = 120
    static let regionCount = 124
    static let firstCallRange = 128
    static let callRangeCount = 132
    /// 32 words of 32 bits each.
    static let interrupts = 136
    static let edgeInterrupts = 264
    static let identificationMask = 392
    /// Sixteen values of 64 bits.
    static let identification = 400
    static let identificationCount = 16
    static let pmuINTID = 528
    static let watchdog = 532
    static let flags = 536
    static let virtualWord = 544
    static let virtualInterrupts = 548
    static let firstVirtualDevice = 552
    static let virtualDeviceCount = 556
    static let restart = 560
    static let restartLimit = 564
    /// Bytes of a record.
    static let total = 568
    /// `restart` of a domain that never restarts.
    static let noRestart: UInt32 = 0xFFFF_FFFF
  }

  /// An SMMU record.
  enum SMMU {
    static let registers = 0
    static let memory = 8
    static let streamTable = 16
    static let format = 24
    static let physicalAddressBits = 28
    static let eventINTID = 32
    static let errorINTID = 36
    static let edges = 40
    static let cpu = 44
    static let firstStream = 48
    static let streamCount = 52
    /// Bytes of a record.
    static let total = 56
  }

  /// A stream record.
  enum Stream {
    static let entries = 0
    static let id = 8
    static let idBits = 12
    static let entryCount = 16
    static let domain = 20
    /// Bytes of a record.
    static let total = 24
  }

  /// A region record.
  enum Region {
    static let guest = 0
    static let size = 8
    /// Bytes of a record.
    static let total = 16
  }

  /// A call range.
  enum Call {
    static let first = 0
    static let last = 4
    static let argumentMask = 8
    static let argumentValue = 16
    /// Bytes of a record.
    static let total = 24
  }

  /// A virtual device record.
  enum Device {
    static let kind = 0
    static let domain = 4
    static let intid = 8
    static let peer = 12
    static let base = 16
    static let size = 24
    static let state = 32
    static let parameter = 40
    /// Bytes of a record.
    static let total = 48
    /// `peer` of a device without one.
    static let noPeer: UInt32 = 0xFFFF_FFFF
  }

  /// A restart record.
  enum Restart {
    static let translationTable = 0
    static let window = 8
    static let history = 16
    static let firstSpan = 24
    static let spanCount = 28
    static let firstCopy = 32
    static let copyCount = 36
    static let firstStep = 40
    static let stepCount = 44
    /// Bytes of a record.
    static let total = 48
    /// Bytes of a history.
    static let historySize: UInt64 = 128
  }

  /// A span of memory to clear.
  enum Span {
    static let base = 0
    static let size = 8
    /// Bytes of a record.
    static let total = 16
  }

  /// A copy of pristine bytes.
  enum Copy {
    static let source = 0
    static let destination = 8
    static let size = 16
    /// Bytes of a record.
    static let total = 24
  }

  /// A step that resets a device.
  enum Step {
    static let address = 0
    static let mask = 8
    static let value = 12
    static let patience = 16
    /// Bytes of a record.
    static let total = 24
  }
}
