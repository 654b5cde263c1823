func authSwitch(_ plugin: String, _ challenge: Bytes = .challenge) -> Bytes {
  [0xFE] + plugin.utf8 + [0] + challenge + [0]
}

func nextFactor(_ plugin: String, _ challenge: Bytes = .challenge) -> Bytes {
  [0x02] + plugin.utf8 + [0] + challenge + [0]
}

func moreData(_ data: Bytes) -> Bytes { [0x01] + data }
