import Foundation
import MySQL
import MySQLTesting

/// `mysql-demo doctor`: checks the way to a server step by step, and stops at the first step that fails.
struct Doctor {
  let settings: MySQLConfiguration
  let output: OutputBuffer
  /// How long each step may take.
  let patience: Int

  init(_ settings: MySQLConfiguration, patience: Int?, _ output: OutputBuffer) {
    self.settings = settings
    self.output = output
    self.patience = patience ?? 5
  }

  /// Checks each server that the settings name, and whether they fit together. The exit status is 1 if something is
  /// wrong.
  func run() async -> Int32 {
    guard settings.endpoints.count > 1 else {
      guard await check() else { return output.end(status: 1) }
      // One address of the name has been checked, and it may have several.
      return output.end(status: await compareServers() ? 0 : 1)
    }
    var isWell = true
    for endpoint in settings.endpoints {
      output.write(text: "--- \(VisibleText.of(endpoint.text))\n")
      isWell = await Self(settings.at(endpoint), patience: patience, output).check() && isWell
    }
    isWell = await compareServers() && isWell
    return output.end(status: isWell ? 0 : 1)
  }

  /// Checks the way to the only server. Returns whether all is well.
  private func check() async -> Bool {
    do throws(Diagnosis) {
      let offersTLS: Bool
      switch settings.endpoint {
      case .tcp(let host, let port): offersTLS = try checkNetwork(host, port)
      case .unixSocket(let path): offersTLS = try checkSocket(path)
      }
      try await checkLogin(tlsUse(isOffered: offersTLS))
    } catch {
      write("FAILED", error.problem)
      write(error.advice)
      return false
    }
    output.write("All is well.\n")
    return true
  }

  func write(_ step: String, _ text: String) {
    let padding = String(repeating: " ", count: 10 - step.count)
    // Much of the text comes from the server, or from whatever is there.
    output.write(text: "\(step)\(padding)\(VisibleText.of(text))\n")
    output.flush()
  }

  func write(_ advice: [Diagnosis.Advice]) {
    for advice in advice {
      output.write(text: "          \(advice.machine.rawValue): \(VisibleText.of(advice.text))\n")
    }
    output.flush()
  }

  /// Returns how the login will use TLS.
  private func tlsUse(isOffered: Bool) -> Diagnosis.TLSUse {
    let mode = settings.tls.effectiveMode(for: settings.endpoint)
    guard isOffered, mode != .disabled else { return .none }
    return settings.tls.certificateFile == nil ? .withoutCertificate : .withCertificate
  }

  /// - Returns: Whether the server offers TLS: always true, since a socket does not tell.
  private func checkSocket(_ path: String) throws(Diagnosis) -> Bool {
    if let number = FileAccess.failure(path, writes: true) {
      throw .noSocket(path, String(cString: strerror(number)))
    }
    write("socket", path)
    return true
  }

  var hasPassword: Bool { settings.password.map { !$0.bytes.isEmpty } ?? false }
}
