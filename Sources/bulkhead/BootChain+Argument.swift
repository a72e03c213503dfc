import ArgumentParser
import BulkheadKit

extension BootChain: ExpressibleByArgument {}
