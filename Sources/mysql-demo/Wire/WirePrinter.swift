import Foundation
import MySQL
import MySQLTesting
import Synchronization

/// `--wire`: prints the packets of all connections on standard error, as they go by.
final class WirePrinter: MySQLWireObserver {
  func tap() -> @Sendable (_ bytes: [UInt8], _ isFromServer: Bool) -> Void {
    Tap().passed
  }

  /// One connection.
  private final class Tap: Sendable {
    private let describer = Mutex(PacketDescriber(readsPastTLS: true))

    func passed(_ bytes: [UInt8], isFromServer: Bool) {
      // Written under the lock, so that lines come in the order of the packets.
      describer.withLock { describer in
        let packets = describer.receive(bytes, from: isFromServer ? .server : .client)
        guard !packets.isEmpty else { return }
        let output = OutputBuffer(STDERR_FILENO)
        for packet in packets { packet.write(to: output) }
        output.flush()
      }
    }
  }
}
