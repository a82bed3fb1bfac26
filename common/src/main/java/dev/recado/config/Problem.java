package dev.recado.config;

/**
 * One thing that is wrong with the settings. Never holds the value of a secret.
 *
 * @param variable the name of the environment variable
 * @param what what is wrong with it
 * @param example a value that would do, or what to do instead
 */
public record Problem(String variable, String what, String example) {

  static Problem of(Variable variable, String what) {
    return new Problem(variable.name(), what, "for example " + variable.example());
  }

  @Override
  public String toString() {
    return variable + " " + what + " (" + example + ")";
  }
}
