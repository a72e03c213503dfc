// What another Swift program gets with `import BulkheadKit`.
@_exported import Board
@_exported import DeviceTree
@_exported import Diagnostics
@_exported import DomainTree
@_exported import Emulator
@_exported import Evidence
@_exported import Image
@_exported import Manifest
@_exported import Ownership
@_exported import Partition
@_exported import Rules
@_exported import Verifier
