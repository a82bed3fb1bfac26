package dev.recado.store;

import java.util.Set;

/** Some of the models that jobs ask for. */
public sealed interface Models {

  /** This one. */
  record Only(String model) implements Models {}

  /** Each but these. */
  record AllBut(Set<String> models) implements Models {
    /** A copy of them. */
    public AllBut {
      models = Set.copyOf(models);
    }
  }
}
