package dev.recado.app.check;

/** What a check came to. */
public sealed interface Finding {

  /** What was found, for people. */
  String text();

  /** All is well. */
  record Fine(String text) implements Finding {}

  /** It will not work like this. */
  record Trouble(String text) implements Finding {}
}
