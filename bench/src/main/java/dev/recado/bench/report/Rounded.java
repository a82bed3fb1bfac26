package dev.recado.bench.report;

import java.util.Locale;

/** Numbers with as many digits as a measurement deserves. */
final class Rounded {
  private Rounded() {}

  static String of(double figure) {
    if (Math.abs(figure) >= 1000) {
      return String.format(Locale.ROOT, "%,d", Math.round(figure / 10) * 10);
    }
    var digits = Math.abs(figure) >= 100 ? 0 : Math.abs(figure) >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + (Math.abs(figure) < 0.1 ? 3 : digits) + "f", figure);
  }
}
