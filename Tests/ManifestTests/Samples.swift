import Diagnostics

/// Manifests that several tests use.
enum Samples {
  /// A rule that a waiver may name.
  static let waivableRule = RuleDescription(
    "BH-TST-002", title: "an example", requirement: "It shall hold.", hazard: "Little.", example: "a: b",
    isWaivable: true)

  /// A manifest without any finding.
  static let small = """
    manifest: 1
    board: qemu-virt
    domains:
      cluster:
        cpus: [0]
        memory: 64 MiB
        kernel: cluster.bin

    """

  /// Every key that a manifest can have.
  static let everything = """
    manifest: 1
    name: cockpit
    board: qemu-virt
    device-tree: path/to/board.dtb
    backend: xen
    xen: { image: path/to/xen, config: path/to/xen.config }
    hypervisor:
      console: /pl011@9000000
      memory: 2 MiB
      colours: [2]
    memory-banks:
      - { base: 0x40000000, size: 2 GiB }
    reserved:
      - { base: 0x43000000, size: 1 MiB, owner: firmware, reason: "kept" }
    disabled: [ /soc/serial@500 ]
    domains:
      cluster:
        criticality: ASIL-B
        cpus: [0]
        requires: [sha2, aes]
        memory: 64 MiB
        kernel: build/cluster.bin
        load: 0x40080000
        entry: 0x40080000
        initrd: path
        files: [ { path: fw.bin, load: 0x44000000 } ]
        cmdline: "console=ttyAMA0"
        device-tree: generated
        devices:
          - /pl011@9000000
          - { path: /soc/ethernet@1, dma: unprotected, reason: "r", set: { mac-address: [2, 0, 0, 0, 0, 1] } }
        reserved-memory: [ /reserved-memory/video ]
        console: virtual
        interrupts: virtual
        on-fault: restart
        restart: { limit: 3, within: 10 s }
        watchdog: 500 ms
        watchdog-start: 30 s
        health: read
        smc: [0xC2000001, 0xC2000010..0xC200001F]
        features: { pmu: off, sve: off, debug: off, pointer-authentication: on }
        colours: [0, 1]
        bandwidth: 200 MB/s
      infotainment:
        criticality: QM
        cpus: [1, 2, cpu@3]
        memory: [{ size: 1 GiB, base: 0x80000000, guest: 0x40000000 }, { size: 4096 }]
        kernel: path/to/Image
        initrd: path/to/initramfs.cpio.gz
    channels:
      telemetry: { size: 64 KiB, writer: cluster, readers: [infotainment], doorbell: true, as: { infotainment: pci } }
      disk: { kind: virtio-block, server: cluster, client: infotainment, size: 1 MiB }
    providers:
      /soc/clock-controller@1: { policy: boot-configured, rates: { 31: 100000000 }, reason: "r" }
      /soc/reset@2: { policy: owned-by infotainment }
      /firmware/scmi: { policy: firmware }
    waivers:
      - { rule: BH-MEM-001, subject: domains.cluster, reason: "r", approved-by: "p" }
    expect:
      - { domain: cluster, console: "heartbeat 10", within: 30 s, after-previous: true, note: "n" }
    """
}
