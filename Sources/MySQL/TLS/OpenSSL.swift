/// The functions of OpenSSL that are used here, found at run time: building this library does not need OpenSSL, and a
/// program that does not use TLS runs without it.
///
/// Many of OpenSSL's documented functions are macros around its `ctrl` functions, which take a number for the
/// operation. None of the functions here is variadic. Errors are kept in a queue for each thread: it has to be cleared
/// before a call and read after it, with no suspension in between.
struct OpenSSL: Sendable {
  typealias Pointer = OpaquePointer?
  typealias Text = UnsafePointer<CChar>?
  typealias VerifyCallback = @convention(c) (CInt, Pointer) -> CInt
  typealias PasswordCallback =
    @convention(c) (
      UnsafeMutablePointer<CChar>?, CInt, CInt, UnsafeMutableRawPointer?
    ) -> CInt

  let version: UInt

  // Contexts: what connections with the same settings share.
  let clientMethod: @convention(c) () -> Pointer
  let contextNew: @convention(c) (Pointer) -> Pointer
  let contextFree: @convention(c) (Pointer) -> Void
  let contextControl: @convention(c) (Pointer, CInt, CLong, UnsafeMutableRawPointer?) -> CLong
  let contextSetOptions: @convention(c) (Pointer, UInt) -> UInt
  let contextLoadAuthorities: @convention(c) (Pointer, Text, Text) -> CInt
  let contextUseSystemAuthorities: @convention(c) (Pointer) -> CInt
  let contextUseCertificateFile: @convention(c) (Pointer, Text) -> CInt
  let contextUseKeyFile: @convention(c) (Pointer, Text, CInt) -> CInt
  let contextSetPasswordCallback: @convention(c) (Pointer, PasswordCallback) -> Void

  // Connections.
  let new: @convention(c) (Pointer) -> Pointer
  let free: @convention(c) (Pointer) -> Void
  /// The connection owns both queues from then on.
  let setQueues: @convention(c) (Pointer, Pointer, Pointer) -> Void
  let setConnectState: @convention(c) (Pointer) -> Void
  let setVerify: @convention(c) (Pointer, CInt, VerifyCallback?) -> Void
  let control: @convention(c) (Pointer, CInt, CLong, UnsafeMutableRawPointer?) -> CLong
  let doHandshake: @convention(c) (Pointer) -> CInt
  let read: @convention(c) (Pointer, UnsafeMutableRawPointer?, CInt) -> CInt
  let write: @convention(c) (Pointer, UnsafeRawPointer?, CInt) -> CInt
  let shutdown: @convention(c) (Pointer) -> CInt
  let getError: @convention(c) (Pointer, CInt) -> CInt
  let getVersion: @convention(c) (Pointer) -> Text
  let getCipher: @convention(c) (Pointer) -> Pointer
  let cipherName: @convention(c) (Pointer) -> Text
  let setExtraData: @convention(c) (Pointer, CInt, UnsafeMutableRawPointer?) -> CInt
  let getExtraData: @convention(c) (Pointer, CInt) -> UnsafeMutableRawPointer?

  // Sessions, which a later connection can resume.
  let getSession: @convention(c) (Pointer) -> Pointer
  let setSession: @convention(c) (Pointer, Pointer) -> CInt
  let isSessionReused: @convention(c) (Pointer) -> CInt
  let isSessionResumable: @convention(c) (Pointer) -> CInt
  let sessionFree: @convention(c) (Pointer) -> Void
  let encodeSession: @convention(c) (Pointer, UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> CInt
  let decodeSession:
    @convention(c) (
      UnsafeMutableRawPointer?, UnsafeMutablePointer<UnsafePointer<UInt8>?>, CLong
    ) -> Pointer

  // Queues of bytes in memory, which stand in for a connection's network.
  let queueNew: @convention(c) (Pointer) -> Pointer
  let queueMethod: @convention(c) () -> Pointer
  let queueRead: @convention(c) (Pointer, UnsafeMutableRawPointer?, CInt) -> CInt
  let queueWrite: @convention(c) (Pointer, UnsafeRawPointer?, CInt) -> CInt
  let queueCount: @convention(c) (Pointer) -> Int
  let queueFree: @convention(c) (Pointer) -> CInt

  // The identity that a certificate has to be for, and the result of checking it.
  let getParameters: @convention(c) (Pointer) -> Pointer
  let parametersSetHost: @convention(c) (Pointer, Text, Int) -> CInt
  let parametersSetAddress: @convention(c) (Pointer, Text) -> CInt
  let parametersSetHostFlags: @convention(c) (Pointer, CUnsignedInt) -> Void
  let verifyResult: @convention(c) (Pointer) -> CLong
  let verifyText: @convention(c) (CLong) -> Text
  let connectionIndex: @convention(c) () -> CInt
  let storeExtraData: @convention(c) (Pointer, CInt) -> UnsafeMutableRawPointer?
  let storeCertificate: @convention(c) (Pointer) -> Pointer

  // Certificates. The first function returns one that the caller frees.
  let getPeerCertificate: @convention(c) (Pointer) -> Pointer
  let certificateRetain: @convention(c) (Pointer) -> CInt
  let certificateFree: @convention(c) (Pointer) -> Void
  let certificateDigest:
    @convention(c) (
      Pointer, Pointer, UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<CUnsignedInt>
    ) -> CInt
  let sha256: @convention(c) () -> Pointer
  let certificateSubject: @convention(c) (Pointer) -> Pointer
  let printName: @convention(c) (Pointer, Pointer, CInt, CUnsignedLong) -> CInt
  let certificateExtensionIndex: @convention(c) (Pointer, CInt, CInt) -> CInt
  let certificateExtension: @convention(c) (Pointer, CInt) -> Pointer
  let printExtension: @convention(c) (Pointer, Pointer, CUnsignedLong, CInt) -> CInt
  let certificateStart: @convention(c) (Pointer) -> Pointer
  let certificateEnd: @convention(c) (Pointer) -> Pointer
  let printTime: @convention(c) (Pointer, Pointer) -> CInt

  // This thread's errors.
  let clearErrors: @convention(c) () -> Void
  let takeError: @convention(c) () -> CUnsignedLong
  let errorText: @convention(c) (CUnsignedLong) -> Text
}
