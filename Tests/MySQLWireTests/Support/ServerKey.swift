/// Keys of made-up servers, made with OpenSSL 3.0.
enum ServerKey {
  /// 1,024 bits. The tests have its private half too.
  static let pem = Array(
    """
    -----BEGIN PUBLIC KEY-----
    MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDJVTRER2s+ssrh/3ayP44eDjiv
    7AlbyCvHBcpxC+hGnUoNmXzALCKGkU0r1MSCb/4V8zfUXXSnu6+O16AGqeeF/E0h
    0CU3ZzN7RClvxr4+NKwcyqtaaa6P4C1MslfXCHMDlPSdEd2PVF/q5JxHPLxmI2eu
    WSWjaEZ7KOwL76NCEwIDAQAB
    -----END PUBLIC KEY-----

    """.utf8)

  /// Returns the password, with its NUL, from an answer that was encrypted under the key; nil if the answer
  /// is not one.
  static func password(in answer: Bytes, challenge: Bytes) -> Bytes? {
    decryptOAEP(answer, modulus: modulus, exponent: privateExponent).map { masked in
      masked.enumerated().map { $1 ^ challenge[$0 % challenge.count] }
    }
  }

  /// 2,048 bits, like the keys that MySQL makes by itself.
  static let large = Array(
    """
    -----BEGIN PUBLIC KEY-----
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsCRMcsE/84D2+9hHxlcC
    7qQ9//6PZxKrIUPHPYP9eyQjfXtOON4CWCMySMlCafIVASK3aAeyOy6iAeC23F+J
    U/FJbdwqvopPPCZrmOrEmouG/fC/ER7pFi9B0thA8cWKTtSJgbyUl8/+jMZ/MmDy
    I37sXong/XrqRQ39yPgG3pKqtqyrtkq8xMjvjl6f9lHvklflw+udpoNTC5LXUcb1
    CKmhR5/m+IOqGA7oQzxjYRYWvPJ6suUQ5mjAMYAldt1lxmZffnXIFvs0kdP5ftAU
    /b3h7dRWMF6mIwdEPdtW4Kz0tmlGHCTTmpgTrU9LePLVLHJLKg1PDVt9k2DAiC5M
    0QIDAQAB
    -----END PUBLIC KEY-----

    """.utf8)

  private static let modulus = bytes(
    """
    c9553444476b3eb2cae1ff76b23f8e1e0e38afec095bc82bc705ca710be8469d
    4a0d997cc02c2286914d2bd4c4826ffe15f337d45d74a7bbaf8ed7a006a9e785
    fc4d21d0253767337b44296fc6be3e34ac1ccaab5a69ae8fe02d4cb257d70873
    0394f49d11dd8f545feae49c473cbc662367ae5925a368467b28ec0befa34213
    """)
  private static let privateExponent = bytes(
    """
    34876982a30ba5292aebfa2632ed881be963faea5faab5b84e4e017aab3ba828
    e3a856b288c53b20d70a467455ed1e6131c2ea7f1aff13c05156b88585179153
    1a69d26223f032af7a03a06a58bfa9443433c78414b09dfc223bc75f85bad6f3
    bc08da88e1142760bc1c4cfe40f893939ba59654e8bce06f48bd8e9c31eea921
    """)
}
