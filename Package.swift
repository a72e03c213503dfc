// swift-tools-version: 6.2
import PackageDescription

// One package, two sides. Without further ado `swift build` makes the host side: the compiler and its tests.
// With BULKHEAD_SIDE=el2 in the environment (the Makefile sets it) the same manifest offers the static libraries
// that are built as Embedded Swift for aarch64-none-none-elf and linked with the scripts in linker/.
let buildsForEL2 = Context.environment["BULKHEAD_SIDE"] == "el2"
// With BULKHEAD_SIDE=fuzz it offers libFuzzer around the fuzz targets (`make fuzz`).
let fuzzes = Context.environment["BULKHEAD_SIDE"] == "fuzz"
// The runtime comes in two: for a GICv3, and with BULKHEAD_GIC=2 in the environment for a GICv2.
let isForGICv2 = Context.environment["BULKHEAD_GIC"] == "2"
// And for systems with devices behind an SMMUv3 with BULKHEAD_SMMU=3: others do not carry that code.
let hasSMMU = Context.environment["BULKHEAD_SMMU"] == "3"

/// Targets that both sides compile: no Foundation, no heap, no hardware.
let common: [Target] = [
  .target(name: "ImageFormat", swiftSettings: [.strictMemorySafety()]),
  .target(name: "HypervisorCore", dependencies: ["ImageFormat"], swiftSettings: [.strictMemorySafety()]),
  .target(name: "GuestTree", swiftSettings: [.strictMemorySafety()]),
  .target(name: "VirtualDisk", swiftSettings: [.strictMemorySafety()]),
]

let bareMetal: [Target] = [
  .target(name: "HypervisorEntry", cSettings: isForGICv2 ? [.define("GICV2")] : []),
  .target(
    name: "Hypervisor", dependencies: ["HypervisorCore", "HypervisorEntry", "ImageFormat"],
    exclude: [isForGICv2 ? "GICv3" : "GICv2", hasSMMU ? "NoSMMU" : "SMMUv3"],
    swiftSettings: [.strictMemorySafety()]),
  .target(name: "GuestSupport"),
  .target(name: "GuestKit", dependencies: ["GuestSupport", "GuestTree"], swiftSettings: [.strictMemorySafety()]),
  .target(
    name: "ClusterGuest", dependencies: ["GuestKit", "GuestSupport", "GuestTree"],
    swiftSettings: [.strictMemorySafety()]),
  .target(name: "HostileSupport"),
  .target(
    name: "HostileGuest", dependencies: ["GuestKit", "GuestSupport", "GuestTree", "HostileSupport"],
    swiftSettings: [.strictMemorySafety()]),
  .target(name: "RestartSupport"),
  .target(
    name: "RestartGuest", dependencies: ["GuestKit", "GuestSupport", "GuestTree", "RestartSupport"],
    swiftSettings: [.strictMemorySafety()]),
  .target(
    name: "BenchGuest", dependencies: ["GuestKit", "GuestSupport", "GuestTree"],
    swiftSettings: [.strictMemorySafety()]),
]

let host: [Target] = [
  .systemLibrary(name: "CFDT", providers: [.apt(["libfdt-dev"])]),
  .target(name: "Diagnostics"),
  .target(name: "DeviceTree", dependencies: ["CFDT", "Diagnostics"]),
  .target(name: "Ownership"),
  .target(name: "Manifest", dependencies: ["Diagnostics", "Ownership", .product(name: "Yams", package: "Yams")]),
  .target(
    name: "Board",
    dependencies: ["Diagnostics", "DeviceTree", "Ownership", .product(name: "Yams", package: "Yams")]),
  .target(
    name: "Partition",
    dependencies: [
      "Diagnostics", "DeviceTree", "Ownership", "Manifest", "Board",
      .product(name: "Crypto", package: "swift-crypto"), .product(name: "Yams", package: "Yams"),
    ]),
  .target(
    name: "Rules",
    dependencies: [
      "Diagnostics", "DeviceTree", "Ownership", "Manifest", "Board", "Partition", "ImageFormat", "HypervisorCore",
    ]),
  .target(
    name: "DomainTree", dependencies: ["Diagnostics", "DeviceTree", "Ownership", "Manifest", "Board", "Partition"]),
  .target(
    name: "Image",
    dependencies: [
      "Diagnostics", "DeviceTree", "Ownership", "Manifest", "Board", "Partition", "DomainTree", "ImageFormat",
      .product(name: "Crypto", package: "swift-crypto"),
    ]),
  .target(
    name: "Verifier",
    dependencies: [
      "Diagnostics", "DeviceTree", "Ownership", "Manifest", "Board", .product(name: "Crypto", package: "swift-crypto"),
    ]),
  .target(name: "Mutation", dependencies: ["Diagnostics", "Ownership", "Verifier"]),
  .target(name: "Evidence", dependencies: ["Diagnostics", "Ownership", "Manifest", "Board", "Partition"]),
  .target(name: "Emulator", dependencies: ["Diagnostics"]),
  .target(
    name: "BulkheadKit",
    dependencies: [
      "Diagnostics", "DeviceTree", "Ownership", "Manifest", "Board", "Partition", "Rules", "DomainTree", "Image",
      "Verifier", "Evidence", "Emulator",
    ]),
  .executableTarget(
    name: "bulkhead-mutate",
    dependencies: ["BulkheadKit", "Mutation", .product(name: "ArgumentParser", package: "swift-argument-parser")]),
  .executableTarget(name: "bulkhead-bench", dependencies: ["BulkheadKit"]),
  // Shares nothing with the rest on purpose: it checks what the rest wrote.
  .executableTarget(name: "bulkhead-recheck", dependencies: [.product(name: "Crypto", package: "swift-crypto")]),
  .executableTarget(
    name: "bulkhead",
    dependencies: ["BulkheadKit", .product(name: "ArgumentParser", package: "swift-argument-parser")]),
]

let tests: [Target] = [
  .target(name: "TestSupport", path: "Tests/TestSupport"),
  .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
  .testTarget(name: "DeviceTreeTests", dependencies: ["DeviceTree", "TestSupport"]),
  .testTarget(name: "OwnershipTests", dependencies: ["Ownership", "TestSupport"]),
  .testTarget(name: "ManifestTests", dependencies: ["Manifest", "TestSupport"], resources: [.copy("Fixtures")]),
  .testTarget(
    name: "BoardTests", dependencies: ["Board", "DeviceTree", "TestSupport"], resources: [.copy("Fixtures")]),
  .testTarget(name: "PartitionTests", dependencies: ["Partition", "TestSupport"]),
  .testTarget(
    name: "RulesTests", dependencies: ["BulkheadKit", "TestSupport", .product(name: "Yams", package: "Yams")],
    resources: [.copy("Fixtures")]),
  .target(
    name: "PlanFixtures", dependencies: ["Diagnostics", "DeviceTree", "Manifest", "Board", "Partition"],
    path: "Tests/PlanFixtures"),
  .testTarget(
    name: "DomainTreeTests",
    dependencies: [
      "DomainTree", "DeviceTree", "Diagnostics", "Ownership", "Manifest", "Board", "Partition", "PlanFixtures",
      "TestSupport",
    ]
  ),
  .testTarget(
    name: "ImageTests",
    dependencies: [
      "Image", "ImageFormat", "DomainTree", "DeviceTree", "Diagnostics", "Ownership", "Manifest", "Board", "Partition",
      "PlanFixtures", "TestSupport",
    ]),
  .testTarget(
    name: "VerifierTests",
    dependencies: ["Verifier", "Mutation", "ImageFormat", "BulkheadKit", "PlanFixtures", "TestSupport"],
    exclude: ["Programs"]),
  .target(name: "HypervisorModel", dependencies: ["HypervisorCore", "ImageFormat"], path: "Tests/HypervisorModel"),
  .testTarget(
    name: "HypervisorCoreTests", dependencies: ["HypervisorCore", "HypervisorModel", "ImageFormat", "TestSupport"]),
  .target(
    name: "FuzzTargets",
    dependencies: [
      "HypervisorCore", "HypervisorModel", "ImageFormat", "Diagnostics", "DeviceTree", "Ownership", "Manifest", "Board",
      "Partition", "Verifier", .product(name: "Crypto", package: "swift-crypto"),
    ],
    path: "Tests/FuzzTargets"),
  .testTarget(name: "FuzzTests", dependencies: ["FuzzTargets", "HypervisorCore", "HypervisorModel", "TestSupport"]),
  .testTarget(name: "GuestTreeTests", dependencies: ["GuestTree", "TestSupport"]),
  .testTarget(name: "VirtualDiskTests", dependencies: ["VirtualDisk"]),
  .testTarget(name: "EmulatorTests", dependencies: ["Emulator", "Evidence", "TestSupport"], exclude: ["Programs"]),
  .testTarget(
    name: "EndToEndTests", dependencies: ["BulkheadKit", "bulkhead", "bulkhead-recheck", "TestSupport"],
    resources: [.copy("Fixtures")]),
]

/// libFuzzer and whatever it has to see into: everything of ours that is no test. It is optimised all the same.
let fuzzing: [Target] = [
  .executableTarget(
    name: "fuzz-driver", dependencies: ["FuzzTargets"], path: "Tests/FuzzDriver",
    swiftSettings: [.enableExperimentalFeature("Extern")],
    linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])])
]
if fuzzes {
  for target in common + host + tests where target.type == .regular {
    target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags(["-sanitize=fuzzer", "-O"])]
  }
}

let package = Package(
  name: "bulkhead",
  platforms: [.macOS(.v26)],
  products: buildsForEL2
    ? [
      .library(name: "HypervisorRuntime", type: .static, targets: ["Hypervisor"]),
      .library(name: "ClusterGuestImage", type: .static, targets: ["ClusterGuest"]),
      .library(name: "HostileGuestImage", type: .static, targets: ["HostileGuest"]),
      .library(name: "RestartGuestImage", type: .static, targets: ["RestartGuest"]),
      .library(name: "BenchGuestImage", type: .static, targets: ["BenchGuest"]),
    ]
    : [
      .library(name: "BulkheadKit", targets: ["BulkheadKit"]),
      .executable(name: "bulkhead", targets: ["bulkhead"]),
      .executable(name: "bulkhead-recheck", targets: ["bulkhead-recheck"]),
    ],
  dependencies: buildsForEL2
    ? []
    : [
      .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
      .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
      .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
  targets: buildsForEL2 ? common + bareMetal : common + host + tests + (fuzzes ? fuzzing : []),
  swiftLanguageModes: [.v6]
)
