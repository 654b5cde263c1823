import MySQLWire

extension SeedWriter {
  mutating func addHandmadeSeeds() {
    addLogins()
    addResponses()
    for text in ["1e308", "-2.2250738585072014e-308", "1.17549435e-38", "123456789012345678901234567890.5"] {
      add([ColumnType.double.rawValue, 0, 0] + text.utf8, to: .values)
      add([ColumnType.float.rawValue, 0, 0] + text.utf8, to: .values)
    }
    for text in ["1.50,1.5", "-0.0,0", "12345678901234567890123456789012345678901234567890.123,-7"] {
      add([ColumnType.decimal.rawValue, 0, 0] + text.utf8, to: .values)
    }
    for text in ["-838:59:59.999999", "23:59:59"] {
      add([ColumnType.time.rawValue, 0, 0] + text.utf8, to: .values)
    }
    for text in ["2024-02-29 23:59:59.5", "0000-00-00 00:00:00"] {
      add([ColumnType.dateTime.rawValue, 0, 0] + text.utf8, to: .values)
    }
    // Sizes around one and two packets of ten bytes.
    for count in [9, 10, 11, 19, 20, 21] {
      for isLarge in [0, 1] as [UInt8] {
        add(to: .joining) {
          $0.write([9, isLarge, 0, 0, 0])
          $0.write(piece: repeatElement(7, count: count))
          $0.writeUInt8(0)
          $0.write(piece: "next".utf8)
        }
      }
    }
  }

  /// Adds a response of each kind to each command, with and without EOF packets.
  private mutating func addResponses() {
    let ok: [UInt8] = [0, 0, 0, 2, 0, 0, 0]
    let end: [UInt8] = [0xFE, 0, 0, 2, 0]
    let error = [0xFF, 0x28, 4] + Array("#42000no".utf8)
    var definition = ByteWriter()
    for text in ["def", "", "", "", "c", "", ""] { definition.writeLengthEncoded(bytes: text.utf8) }
    definition.write([12, 45, 0, 9, 0, 0, 0, ColumnType.varString.rawValue, 0, 0, 0, 0, 0])
    let responses: [[[UInt8]]] = [
      [ok], [error], [end], [[0xFB] + Array("file".utf8), ok], [[0xFB] + Array("file".utf8), error],
      [[0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0], definition.bytes, end, definition.bytes, end],
      [[1, 1], definition.bytes, end, [1, 0x31], end],
      [[1, 1], definition.bytes, end, [0, 0, 1, 0x31], end],
      [[1, 1], definition.bytes, [0xFE, 0, 0, 0x40, 0]], [[0, 0, 1, 0x31], end], [[1, 0], end],
    ]
    var scenario = Scenario()
    scenario.choices = [.claimsAll, .loggedIn, .payloads]
    for capabilities in [UInt16.max, .max & ~Capabilities.deprecateEOF.choices] {
      scenario.capabilities = capabilities
      scenario.commands = []
      let driver = Driver(scenario)
      driver.logIn()
      expect(driver.session.isIdle, "a good login succeeds, not \(driver.events)")
      for commands in [[]] + Scenario.Code.allCases.map({ [$0.rawValue, Scenario.Code.ping.rawValue] }) {
        scenario.commands = commands
        for response in responses {
          add(to: .session) { writer in
            scenario.write(to: &writer)
            for payload in response + [ok] { writer.write(piece: payload) }
          }
        }
      }
    }
  }

  private mutating func addLogins() {
    let challenge: [UInt8] = Array(1...20) + [0]
    let more: [[UInt8]] = [[1, 3], [1, 4], [1] + publicKey]
    let ok: [UInt8] = [0, 0, 0, 2, 0, 0, 0]
    var scenario = Scenario()
    scenario.choices = [.claimsAll, .payloads, .asksForKey, .manyPasswords, .clearPassword]
    scenario.capabilities = .max
    for (plugin, name) in Scenario.pluginNames.enumerated() {
      scenario.plugin = UInt8(plugin) | 0x10
      let method = Array(name.utf8) + [0] + challenge
      for answers in [[[0xFE] + method], [], [[2] + method], [[0xFE]]] {
        add(to: .authentication) { writer in
          scenario.write(to: &writer)
          for payload in answers + more + [ok] { writer.write(piece: payload) }
        }
      }
    }
  }
}
