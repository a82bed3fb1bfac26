package dev.recado.web.address;

import java.net.InetAddress;

/** The addresses that begin with the same bits. */
final class Prefix {
  private final byte[] start;
  private final int bits;

  private Prefix(byte[] start, int bits) {
    this.start = start;
    this.bits = bits;
  }

  /** Reads the usual form, such as {@code 10.0.0.0/8}. */
  static Prefix of(String text) {
    var slash = text.indexOf('/');
    var start = InetAddress.ofLiteral(text.substring(0, slash));
    return new Prefix(start.getAddress(), Integer.parseInt(text.substring(slash + 1)));
  }

  boolean contains(byte[] address) {
    if (address.length != start.length) {
      return false;
    }
    for (var bit = 0; bit < bits; bit += Byte.SIZE) {
      var mask = 0xFF00 >> Math.min(bits - bit, Byte.SIZE);
      if (((address[bit / Byte.SIZE] ^ start[bit / Byte.SIZE]) & mask & 0xFF) != 0) {
        return false;
      }
    }
    return true;
  }
}
