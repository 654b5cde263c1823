import MySQLCrypto
import Testing

/// One of the three hashes, with digests of known messages.
struct HashCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let hash: @Sendable ([UInt8]...) -> [UInt8]
  let empty, abc, twoBlocks, millionA, everyLength: [UInt8]
  let twoBlockMessage: String
}

extension HashCase {
  static let all = [
    HashCase(
      testDescription: "SHA-1",
      hash: SHA1.hash,
      empty: bytes("da39a3ee5e6b4b0d3255bfef95601890afd80709"),
      abc: bytes("a9993e364706816aba3e25717850c26c9cd0d89d"),
      twoBlocks: bytes("84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
      millionA: bytes("34aa973cd4c4daa4f61eeb2bdbad27316534016f"),
      everyLength: bytes("dfc942b5ddc5fe6421ccada9be50fa42e873926c"),
      twoBlockMessage: "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
    HashCase(
      testDescription: "SHA-256",
      hash: SHA256.hash,
      empty: bytes("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      abc: bytes("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      twoBlocks: bytes("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
      millionA: bytes("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
      everyLength: bytes("d5238871a46ac4a1a75ac3fb19d645b0b3b9e5f35f5f720e2b240d605c6b694e"),
      twoBlockMessage: "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
    HashCase(
      testDescription: "SHA-512",
      hash: SHA512.hash,
      empty: bytes(
        """
        cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce
        47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e
        """),
      abc: bytes(
        """
        ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a
        2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f
        """),
      twoBlocks: bytes(
        """
        8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018
        501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909
        """),
      millionA: bytes(
        """
        e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973eb
        de0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b
        """),
      everyLength: bytes(
        """
        30d6c78a55e1f152f00703601a37b39b96c6c8fa2b3e66fb9c8182466b108d39
        d5dd84827c69cadb4376853da7ec31ea83a0a7a0e5a713bac426e0f0ceea8424
        """),
      twoBlockMessage: """
        abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn\
        hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu
        """),
  ]
}
