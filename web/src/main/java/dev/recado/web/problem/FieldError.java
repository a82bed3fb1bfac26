package dev.recado.web.problem;

/**
 * What is wrong with one field of a request.
 *
 * @param field its name, with a dot before the name of what lies inside it
 * @param type the kind of error, for programs
 * @param description the error in words, to be read after the name
 */
public record FieldError(String field, Fault type, String description) {

  /** The kinds of errors. */
  public enum Fault {
    /** It is missing, or there is nothing in it. */
    REQUIRED,
    /** There is no field of this name. */
    UNKNOWN,
    /** It is of another JSON type. */
    WRONG_TYPE,
    /** It is too small, too large or too long. */
    OUT_OF_RANGE,
    /** It is not written the way it should be. */
    MALFORMED
  }
}
