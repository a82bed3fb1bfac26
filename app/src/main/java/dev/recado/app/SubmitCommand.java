package dev.recado.app;

import dev.recado.app.client.RecadoClient;
import dev.recado.app.client.ServerException;
import dev.recado.app.shell.Shell;
import dev.recado.app.submit.BatchRun;
import dev.recado.app.submit.TextRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Leaves texts with a running server and collects the answers. */
@Command(
    description = "Leave a text with a running server, wait, print the answer.",
    footer = {
      "",
      "Standard output holds the answer and nothing else. Ctrl+C cancels what still waits.",
      "Exit codes: 0 answered, 1 a job failed, 2 wrong usage, 3 no server answers.",
      "",
      "Examples:",
      "  recado submit \"Translate to Portuguese: good morning\"",
      "  recado submit - < letter.txt",
      "  recado submit --json --file chapters/*.txt > answers.jsonl",
      "  recado submit --priority low --run-at 2026-11-21T22:00:00Z --no-wait < report.txt",
      "  recado submit --batch requests.jsonl -o results.jsonl"
    })
final class SubmitCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  private final Shell shell;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ServerOption server = new ServerOption();
  @Mixin private final RequestOptions request = new RequestOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "TEXT",
      description = "The text; - reads it from standard input, and so does no text at all.")
  private @Nullable String text;

  @Option(
      names = {"-f", "--file"},
      arity = "1..*",
      paramLabel = "FILE",
      description = "Submit these files, each as a job of its own.")
  private List<Path> files = List.of();

  @Option(
      names = "--batch",
      paramLabel = "FILE",
      description = "Leave up to 50,000 requests at once: a JSON object with custom_id a line.")
  private @Nullable Path batch;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where the results of a batch go; there when all have ended.")
  private @Nullable Path output;

  @Option(
      names = "--again",
      description = "Leave a batch anew that was left before, instead of collecting that one.")
  private boolean again;

  @Option(
      names = "--json",
      description = "Print the server's whole answer, one line of JSON per job.")
  private boolean asJson;

  @Option(names = "--no-wait", description = "Print the job's id and leave.")
  private boolean leavesAtOnce;

  SubmitCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException, IOException, ServerException {
    if (batch != null || output != null || again) {
      return submitBatch();
    }
    var texts = texts();
    try (var client = new RecadoClient(server.url(shell.environment()))) {
      var run = asJson ? TextRun.inJson(client, shell) : TextRun.inText(client, shell);
      return leavesAtOnce ? run.leave(texts) : run.collect(texts);
    }
  }

  private int submitBatch() throws InterruptedException, IOException, ServerException {
    if (batch == null || output == null || text != null || !files.isEmpty()) {
      throw usage("A batch needs --batch FILE and --output FILE, and no other text.");
    }
    if (!request.isEmpty()) {
      throw usage("What is said about the texts of a batch stands in its lines, for each of them.");
    }
    if (!Files.isReadable(batch)) {
      throw usage("Cannot read " + batch + ".");
    }
    if (Files.exists(output)) {
      throw usage(output + " is there already; remove it, or name another.");
    }
    if (!Files.isWritable(output.toAbsolutePath().getParent())) {
      throw usage("Nothing can be written where " + output + " would lie.");
    }
    try (var client = new RecadoClient(server.url(shell.environment()))) {
      var salt = again ? shell.clock().instant().toString() : "";
      var run = new BatchRun(client, shell, batch, output, salt);
      return leavesAtOnce ? run.leave() : run.collect();
    }
  }

  private List<TextRun.Text> texts() throws IOException {
    if (files.isEmpty()) {
      var only = text == null || text.equals(STANDARD_INPUT) ? piped() : text;
      return List.of(new TextRun.Text("", request.about(only)));
    }
    if (text != null) {
      throw usage("Give a text or files, not both.");
    }
    var texts = new ArrayList<TextRun.Text>();
    for (var file : files) {
      texts.add(new TextRun.Text(file.toString(), request.about(read(file))));
    }
    return texts;
  }

  private String piped() throws IOException {
    if (shell.isWatched() && text == null) {
      shell.err().println("Reading the text from standard input; Ctrl+D ends it.");
    }
    try {
      var bytes = ByteBuffer.wrap(shell.in().readAllBytes());
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException notText) {
      throw usage("Standard input is not text in UTF-8.");
    }
  }

  private String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw usage("Cannot read " + file + " as text.");
    }
  }

  private RuntimeException usage(String message) {
    return spec == null
        ? new IllegalStateException(message)
        : new ParameterException(spec.commandLine(), message);
  }
}
