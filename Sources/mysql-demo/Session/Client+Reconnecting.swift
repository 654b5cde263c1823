import MySQL

extension Client {
  func reconnect(_ text: [UInt8]) async -> Outcome {
    var settings = connection.configuration
    if let database = CommandArgument(text) {
      settings.database = String(decoding: database.bytes, as: UTF8.self)
    } else {
      settings.database = await currentDatabase ?? database ?? settings.database
    }
    await connection.close()
    do throws(MySQLError) {
      connection = try await MySQLConnection.connect(settings, observer: arguments.observer)
      isConnected = true
      database = settings.database
    } catch {
      isConnected = false
      return report(Failure(connecting: error, to: settings.endpoint))
    }
    return .goesOn
  }

  var currentDatabase: String? {
    get async {
      try? await connection.query("SELECT DATABASE()").collect().first?.decode(String?.self)
    }
  }
}
