/// Manifests for QEMU's virt machine that several tests plan.
public enum SampleManifests {
  /// Two domains with a virtual console each, and two channels.
  public static let cockpit = """
    manifest: 1
    name: cockpit
    board: qemu-virt
    hypervisor: { console: /pl011@9000000 }
    domains:
      cluster:
        criticality: ASIL-B
        cpus: [0]
        memory: 16 MiB
        kernel: a.bin
      infotainment:
        criticality: QM
        cpus: [1, 2, 3]
        memory: 512 MiB
        kernel: linux
        initrd: initrd
        cmdline: "console=ttyAMA0 quiet"
    channels:
      telemetry: { size: 64 KiB, writer: cluster, readers: [infotainment] }
      commands: { size: 4 KiB, writer: infotainment, readers: [cluster] }
    """

  /// The boot CPU in the middle of a domain's order, a CPU of nobody, devices, several memory regions.
  public static let devices = """
    manifest: 1
    name: devices
    board: qemu-virt
    domains:
      first:
        criticality: ASIL-D
        cpus: [2, 0]
        memory: [{ size: 4 MiB }, { size: 64 KiB, guest: 0x200000000 }]
        kernel: a.bin
        devices: [ /pl011@9000000, { path: /pl031@9010000, set: { status: okay, "vendor,level": 3 } } ]
        features: { pointer-authentication: off }
      second:
        cpus: [3]
        memory: 4 MiB
        kernel: a.bin
        devices: [ /pl061@9030000, { path: /pcie@10000000, dma: unprotected, reason: "a test" } ]
        on-fault: halt
    """
}
