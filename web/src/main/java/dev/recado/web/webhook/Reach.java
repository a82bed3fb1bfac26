package dev.recado.web.webhook;

import dev.recado.web.address.PublicAddresses;
import java.net.InetAddress;

/** How far calls may go. */
enum Reach {
  /** To the public internet alone. */
  PUBLIC,
  /** To wherever the network leads; the operator has said so. */
  ANYWHERE;

  void require(InetAddress address) throws PrivateAddressException {
    if (this == PUBLIC && !PublicAddresses.contain(address)) {
      throw new PrivateAddressException();
    }
  }
}
