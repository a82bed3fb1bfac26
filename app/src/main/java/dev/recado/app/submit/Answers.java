package dev.recado.app.submit;

import dev.recado.app.client.Outcome;
import dev.recado.app.shell.Shell;
import tools.jackson.databind.json.JsonMapper;

/** How answers are printed. */
sealed interface Answers {

  /** Prints how one job ended. */
  void print(Errand errand, Outcome outcome);

  /** The bare answer, under the file's name if there is one. */
  record AsText(Shell shell) implements Answers {
    @Override
    public void print(Errand errand, Outcome outcome) {
      switch (outcome) {
        case Outcome.Succeeded succeeded -> {
          if (errand.hasName()) {
            shell.out().println("== " + errand.name() + " ==");
          }
          shell.out().println(succeeded.content());
        }
        case Outcome.Failed failed -> shell.err().println(failure(errand, failed));
        case Outcome.Pending pending ->
            shell.err().println("recado: job " + errand.id() + ": " + pending.progress());
      }
    }

    private static String failure(Errand errand, Outcome.Failed failed) {
      var name = errand.hasName() ? errand.name() + ": " : "";
      return "recado: " + name + failed.reason();
    }
  }

  /** The server's answer, one line of JSON per job, with the file's name if there is one. */
  record AsJson(Shell shell) implements Answers {
    @Override
    public void print(Errand errand, Outcome outcome) {
      var line = outcome.body().deepCopy();
      if (errand.hasName()) {
        line.put("file", errand.name());
      }
      shell.out().println(JsonMapper.shared().writeValueAsString(line));
    }
  }
}
