import MySQLTesting

extension ScriptedServer {
  /// Returns a server that sends each packet back.
  static func echo() throws -> ScriptedServer {
    try ScriptedServer { connection in
      while true {
        do {
          try connection.sendPacket(connection.readPacket())
        } catch TestServerError.endOfStream {
          return
        }
      }
    }
  }
}

/// Returns the payload as a packet.
func framed(_ payload: [UInt8], sequence: UInt8 = 0) -> [UInt8] {
  let count = payload.count
  return [UInt8(count & 0xFF), UInt8(count >> 8 & 0xFF), UInt8(count >> 16), sequence] + payload
}
