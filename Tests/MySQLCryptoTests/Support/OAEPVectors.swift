import Testing

/// Published vectors of RSA Laboratories for RSAES-OAEP with SHA-1 (oaep-vect.txt of pkcs-1v2-1d2-vec.zip):
/// the whole set of the 1024-bit key, and the first message of keys whose size is larger or not a multiple of
/// eight. The exponent is 65537 throughout.
enum OAEPVectors {
  struct Key: Sendable, CustomTestStringConvertible {
    let modulus, privateExponent: [UInt8]
    let messages: [Message]

    var testDescription: String { "a modulus of \(modulus.count) bytes from \(modulus[0])" }
  }

  struct Message: Sendable {
    let plain, seed, encrypted: [UInt8]
  }

  static let keys = [
    // Key 1
    Key(
      modulus: bytes(
        """
        a8b3b284af8eb50b387034a860f146c4919f318763cd6c5598c8ae4811a1e0abc4c7e0b082d693a5e7fced675cf46685
        12772c0cbc64a742c6c630f533c8cc72f62ae833c40bf25842e984bb78bdbf97c0107d55bdb662f5c4e0fab9845cb514
        8ef7392dd3aaff93ae1e6b667bb3d4247616d4f5ba10d4cfd226de88d39f16fb
        """),
      privateExponent: bytes(
        """
        53339cfdb79fc8466a655c7316aca85c55fd8f6dd898fdaf119517ef4f52e8fd8e258df93fee180fa0e4ab29693cd83b
        152a553d4ac4d1812b8b9fa5af0e7f55fe7304df41570926f3311f15c4d65a732c483116ee3d3d2d0af3549ad9bf7cbf
        b78ad884f84d5beb04724dc7369b31def37d0cf539e9cfcdd3de653729ead5d1
        """),
      messages: [
        Message(
          plain: bytes("6628194e12073db03ba94cda9ef9532397d50dba79b987004afefe34"),
          seed: bytes("18b776ea21069d69776a33e96bad48e1dda0a5ef"),
          encrypted: bytes(
            """
            354fe67b4a126d5d35fe36c777791a3f7ba13def484e2d3908aff722fad468fb21696de95d0be911c2d3174f8afcc201
            035f7b6d8e69402de5451618c21a535fa9d7bfc5b8dd9fc243f8cf927db31322d6e881eaa91a996170e657a05a266426
            d98c88003f8477c1227094a0d9fa1e8c4024309ce1ecccb5210035d47ac72e8a
            """)),
        Message(
          plain: bytes("750c4047f547e8e41411856523298ac9bae245efaf1397fbe56f9dd5"),
          seed: bytes("0cc742ce4a9b7f32f951bcb251efd925fe4fe35f"),
          encrypted: bytes(
            """
            640db1acc58e0568fe5407e5f9b701dff8c3c91e716c536fc7fcec6cb5b71c1165988d4a279e1577d730fc7a29932e3f
            00c81515236d8d8e31017a7a09df4352d904cdeb79aa583adcc31ea698a4c05283daba9089be5491f67c1a4ee48dc74b
            bbe6643aef846679b4cb395a352d5ed115912df696ffe0702932946d71492b44
            """)),
        Message(
          plain: bytes(
            """
            d94ae0832e6445ce42331cb06d531a82b1db4baad30f746dc916df24d4e3c2451fff59a6423eb0e1d02d4fe646cf699d
            fd818c6e97b051
            """),
          seed: bytes("2514df4695755a67b288eaf4905c36eec66fd2fd"),
          encrypted: bytes(
            """
            423736ed035f6026af276c35c0b3741b365e5f76ca091b4e8c29e2f0befee603595aa8322d602d2e625e95eb81b2f1c9
            724e822eca76db8618cf09c5343503a4360835b5903bc637e3879fb05e0ef32685d5aec5067cd7cc96fe4b2670b6eac3
            066b1fcf5686b68589aafb7d629b02d8f8625ca3833624d4800fb081b1cf94eb
            """)),
        Message(
          plain: bytes("52e650d98e7f2a048b4f86852153b97e01dd316f346a19f67a85"),
          seed: bytes("c4435a3e1a18a68b6820436290a37cefb85db3fb"),
          encrypted: bytes(
            """
            45ead4ca551e662c9800f1aca8283b0525e6abae30be4b4aba762fa40fd3d38e22abefc69794f6ebbbc05ddbb1121624
            7d2f412fd0fba87c6e3acd888813646fd0e48e785204f9c3f73d6d8239562722dddd8771fec48b83a31ee6f592c4cfd4
            bc88174f3b13a112aae3b9f7b80e0fc6f7255ba880dc7d8021e22ad6a85f0755
            """)),
        Message(
          plain: bytes("8da89fd9e5f974a29feffb462b49180f6cf9e802"),
          seed: bytes("b318c42df3be0f83fea823f5a7b47ed5e425a3b5"),
          encrypted: bytes(
            """
            36f6e34d94a8d34daacba33a2139d00ad85a9345a86051e73071620056b920e219005855a213a0f23897cdcd731b4525
            7c777fe908202befdd0b58386b1244ea0cf539a05d5d10329da44e13030fd760dcd644cfef2094d1910d3f433e1c7c6d
            d18bc1f2df7f643d662fb9dd37ead9059190f4fa66ca39e869c4eb449cbdc439
            """)),
        Message(
          plain: bytes("26521050844271"),
          seed: bytes("e4ec0982c2336f3a677f6a356174eb0ce887abc2"),
          encrypted: bytes(
            """
            42cee2617b1ecea4db3f4829386fbd61dafbf038e180d837c96366df24c097b4ab0fac6bdf590d821c9f10642e681ad0
            5b8d78b378c0f46ce2fad63f74e0ad3df06b075d7eb5f5636f8d403b9059ca761b5c62bb52aa45002ea70baace08ded2
            43b9d8cbd62a68ade265832b56564e43a6fa42ed199a099769742df1539e8255
            """)),
      ]),
    // Key 2
    Key(
      modulus: bytes(
        """
        01947c7fce90425f47279e70851f25d5e62316fe8a1df19371e3e628e260543e4901ef6081f68c0b8141190d2ae8daba
        7d1250ec6db636e944ec3722877c7c1d0a67f14b1694c5f0379451a43e49a32dde83670b73da91a1c99bc23b436a6005
        5c610f0baf99c1a079565b95a3f1526632d1d4da60f20eda25e653c4f002766f45
        """),
      privateExponent: bytes(
        """
        0823f20fadb5da89088a9d00893e21fa4a1b11fbc93c64a3be0baaea97fb3b93c3ff713704c19c963c1d107aae990547
        39f79e02e186de86f87a6ddefea6d8ccd1d3c81a47bfa7255be20601a4a4b2f08a167b5e279d715b1b455bdd7eab2459
        41d9768b9acefb3ccda5952da3cee72525b4501663a8ee15c9e992d92462fe39
        """),
      messages: [
        Message(
          plain: bytes("8ff00caa605c702830634d9a6c3d42c652b58cf1d92fec570beee7"),
          seed: bytes("8c407b5ec2899e5099c53e8ce793bf94e71b1782"),
          encrypted: bytes(
            """
            0181af8922b9fcb4d79d92ebe19815992fc0c1439d8bcd491398a0f4ad3a329a5bd9385560db532683c8b7da04e4b12a
            ed6aacdf471c34c9cda891addcc2df3456653aa6382e9ae59b54455257eb099d562bbe10453f2b6d13c59c02e10f1f8a
            bb5da0d0570932dacf2d0901db729d0fefcc054e70968ea540c81b04bcaefe720e
            """))
      ]),
    // Key 8
    Key(
      modulus: bytes(
        """
        5bdf0e30d321dda5147f882408fa69195480df8f80d3f6e8bf5818504f36427ca9b1f5540b9c65a8f6974cf8447a244d
        9280201bb49fcbbe6378d1944cd227e230f96e3d10f819dcef276c64a00b2a4b6701e7d01de5fabde3b1e9a0df82f463
        1359cd22669647fbb1717246134ed7b497cfffbdc42b59c73a96ed90166212dff7
        """),
      privateExponent: bytes(
        """
        0f7d1e9e5aaa25fd13e4a0663ae144e0d15f5cd18bcdb09df2cc7e64e3c5e915ad62645304161d098c715bb7ab8bd01d
        07eaf3fed7c7ed08af2a8a62ef44ab16b320e14af72a48f96afe262a0ae4cf65e635e910790cd4ee5cea768a4b2639f7
        e6f677b3f0bb6be32b75747d8909036f0264f58d401cdba131716157a75ecf6331
        """),
      messages: [
        Message(
          plain: bytes(
            """
            050b755e5e6880f7b9e9d692a74c37aae449b31bfea6deff83747a897f6c2c825bb1adbf850a3c96994b5de5b33cbc7d
            4a17913a7967
            """),
          seed: bytes("7706ffca1ecfb1ebee2a55e5c6e24cd2797a4125"),
          encrypted: bytes(
            """
            09b3683d8a2eb0fb295b62ed1fb9290b714457b7825319f4647872af889b30409472020ad12912bf19b11d4819f49614
            824ffd84d09c0a17e7d17309d12919790410aa2995699f6a86dbe3242b5acc23af45691080d6b1ae810fb3e3057087f0
            970092ce00be9562ff4053b6262ce0caa93e13723d2e3a5ba075d45f0d61b54b61
            """))
      ]),
    // Key 9
    Key(
      modulus: bytes(
        """
        cf2cd41e34ca3a728ea5cb8aff64c36d27bdef5364e336fd68d3123c5a196a8c287013e853d5156d58d151954520fb4f
        6d7b17abb6817765909c576119659d902b1906ed8a2b10c155c24d124528dab9eeae379beac66e4a411786dcb8fd0062
        ebc030de1219a04c2a8c1b7dd3131e4d6b6caee2e31a5ed41ac1509b2ef1ee2ab18364be568ca941c25ecc84ff9d643b
        5ec1aaae102a20d73f479b780fd6da91075212d9eac03a0674d899eba2e431f4c44b615b6ba2232bd4b33baed73d625d
        """),
      privateExponent: bytes(
        """
        198c141e23715a92bccf6a119a5bc11389468d2811f548d727e17b4ab0eb986d6f211efb53b71f7ccbea87ee69c75ee6
        15008c5332deb52bf390abdfbfe37d7205368159b2638c1de326e21d22251f0fb5848b3bf15005d2a74330f0afe916ee
        62ccc1344d1d83a709e60676273840f7f377424a5e0a4da75f01b31ff76819cf9cbfdd215243c3917c03ef38199312e5
        67b3bf7aed3ab457f371ef8a1423f45b68c6e282ec111bba2833b987fd69fad83bc1b8c613c5e1ea16c11ed125ea7ec1
        """),
      messages: [
        Message(
          plain: bytes(
            """
            f735fd55ba92592c3b52b8f9c4f69aaa1cbef8fe88add095595412467f9cf4ec0b896c59eda16210e7549c8abb10cdbc
            21a12ec9b6b5b8fd2f10399eb6
            """),
          seed: bytes("8ec965f134a3ec9931e92a1ca0dc8169d5ea705c"),
          encrypted: bytes(
            """
            267bcd118acab1fc8ba81c85d73003cb8610fa55c1d97da8d48a7c7f06896a4db751aa284255b9d36ad65f37653d829f
            1b37f97b8001942545b2fc2c55a7376ca7a1be4b1760c8e05a33e5aa2526b8d98e317088e7834c755b2a59b12631a182
            c05d5d43ab1779264f8456f515ce57dfdf512d5493dab7b7338dc4b7d78db9c091ac3baf537a69fc7f549d979f0eff9a
            94fda4169bd4d1d19a69c99e33c3b55490d501b39b1edae118ff6793a153261584d3a5f39f6e682e3d17c8cd1261fa72
            """))
      ]),
    // Key 10
    Key(
      modulus: bytes(
        """
        ae45ed5601cec6b8cc05f803935c674ddbe0d75c4c09fd7951fc6b0caec313a8df39970c518bffba5ed68f3f0d7f22a4
        029d413f1ae07e4ebe9e4177ce23e7f5404b569e4ee1bdcf3c1fb03ef113802d4f855eb9b5134b5a7c8085adcae6fa2f
        a1417ec3763be171b0c62b760ede23c12ad92b980884c641f5a8fac26bdad4a03381a22fe1b754885094c82506d4019a
        535a286afeb271bb9ba592de18dcf600c2aeeae56e02f7cf79fc14cf3bdc7cd84febbbf950ca90304b2219a7aa063aef
        a2c3c1980e560cd64afe779585b6107657b957857efde6010988ab7de417fc88d8f384c4e6e72c3f943e0c31c0c4a5cc
        36f879d8a3ac9d7d59860eaada6b83bb
        """),
      privateExponent: bytes(
        """
        056b04216fe5f354ac77250a4b6b0c8525a85c59b0bd80c56450a22d5f438e596a333aa875e291dd43f48cb88b9d5fc0
        d499f9fcd1c397f9afc070cd9e398c8d19e61db7c7410a6b2675dfbf5d345b804d201add502d5ce2dfcb091ce9997bbe
        be57306f383e4d588103f036f7e85d1934d152a323e4a8db451d6f4a5b1b0f102cc150e02feee2b88dea4ad4c1baccb2
        4d84072d14e1d24a6771f7408ee30564fb86d4393a34bcf0b788501d193303f13a2284b001f0f649eaf79328d4ac5c43
        0ab4414920a9460ed1b7bc40ec653e876d09abc509ae45b525190116a0c26101848298509c1c3bf3a483e7274054e15e
        97075036e989f60932807b5257751e79
        """),
      messages: [
        Message(
          plain: bytes("8bba6bf82a6c0f86d5f1756e97956870b08953b06b4eb205bc1694ee"),
          seed: bytes("47e1ab7119fee56c95ee5eaad86f40d0aa63bd33"),
          encrypted: bytes(
            """
            53ea5dc08cd260fb3b858567287fa91552c30b2febfba213f0ae87702d068d19bab07fe574523dfb42139d68c3c5afee
            e0bfe4cb7969cbf382b804d6e61396144e2d0e60741f8993c3014b58b9b1957a8babcd23af854f4c356fb1662aa72bfc
            c7e586559dc4280d160c126785a723ebeebeff71f11594440aaef87d10793a8774a239d4a04c87fe1467b9daf85208ec
            6c7255794a96cc29142f9a8bd418e3c1fd67344b0cd0829df3b2bec60253196293c6b34d3f75d32f213dd45c6273d505
            adf4cced1057cb758fc26aeefa441255ed4e64c199ee075e7f16646182fdb464739b68ab5daff0e63e9552016824f054
            bf4d3c8c90a97bb6b6553284eb429fcc
            """))
      ]),
  ]
}
