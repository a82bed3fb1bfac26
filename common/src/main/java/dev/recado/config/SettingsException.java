package dev.recado.config;

import java.util.List;
import java.util.stream.Collectors;

/** The settings can not be used; says everything that is wrong with them, not only the first. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /** With all of them. */
  public SettingsException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Everything that is wrong, at least one thing. */
  public List<Problem> problems() {
    return problems;
  }
}
