/// An entry of a thread's error queue.
struct OpenSSLError {
  /// Which part of OpenSSL it comes from.
  let library: UInt
  /// What happened, as one of that part's own numbers.
  let reason: UInt
  let text: String

  var isOfTLS: Bool { library == 20 }
  /// X509_R_KEY_VALUES_MISMATCH
  var isKeyMismatch: Bool { library == 11 && reason == 116 }

  var failure: TLSFailure {
    switch reason {
    // For an alert, the reason is 1000 plus its number. Alert 70 says that no version will do.
    case 1070, 258, 259: .version
    case 1001..<1256: .alert(UInt8(truncatingIfNeeded: reason - 1000))
    // SSL_R_WRONG_VERSION_NUMBER and other errors for data that does not begin like a record.
    case 267, 198, 443, 155, 156: .notTLS
    default: .library(text)
    }
  }
}

extension OpenSSL {
  /// Returns this thread's errors, the first cause first, and clears them.
  func takeErrors() -> [OpenSSLError] {
    var errors: [OpenSSLError] = []
    while case let code = takeError(), code != 0 {
      let text = errorText(code).map { String(cString: $0) } ?? "error \(String(code, radix: 16))"
      // In 1.1.1, a function's number stands between the two.
      let libraryOffset: UInt = version >= 0x3000_0000 ? 23 : 24
      errors.append(
        OpenSSLError(library: UInt(code) >> libraryOffset & 0xFF, reason: UInt(code) & 0xFFF, text: text))
    }
    return errors
  }

  func takeErrorText() -> String { takeErrors().first?.text ?? "no reason was given" }

  func takeFailure() -> TLSFailure {
    let errors = takeErrors()
    return errors.first { $0.isOfTLS }?.failure ?? .library(errors.first?.text ?? "no reason was given")
  }
}
