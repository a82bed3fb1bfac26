package dev.recado.web.webhook;

import java.io.Serial;
import java.net.UnknownHostException;

/** A URL leads to where no stranger's URL may lead. Names no address: its words reach the owner. */
final class PrivateAddressException extends UnknownHostException {
  @Serial private static final long serialVersionUID = 1;

  PrivateAddressException() {
    super("leads to a private address");
  }
}
