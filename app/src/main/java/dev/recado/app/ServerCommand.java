package dev.recado.app;

import dev.recado.app.memory.HeapTidying;
import dev.recado.app.server.Assembly;
import dev.recado.app.shell.ExitCode;
import dev.recado.app.shell.Shell;
import dev.recado.app.shell.Version;
import dev.recado.app.trace.Telemetry;
import dev.recado.config.Settings;
import dev.recado.lifecycle.Lifecycle;
import dev.recado.lifecycle.StopSignal;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;

/** A command that runs until it is told to stop. */
abstract class ServerCommand implements Callable<Integer> {
  /** Less than supervisors grant before they kill: systemd 90 s, our Compose file 35 s. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(25);

  private static final Log log = Log.of(ServerCommand.class);

  final Shell shell;
  private final Settings.Layout layout;
  private final String service;

  @Mixin private final SettingsOptions options = new SettingsOptions();

  ServerCommand(Shell shell, Settings.Layout layout, String service) {
    this.shell = shell;
    this.layout = layout;
    this.service = service;
  }

  /** Starts its parts and says so. */
  abstract void start(Settings settings, Assembly assembly);

  /** Says that it is ready: to people, or as one more line to the machine that reads the log. */
  void greet(Settings settings, List<String> lines) {
    switch (settings.logFormat()) {
      case TEXT -> lines.forEach(shell.err()::println);
      case JSON ->
          log.tell(
              LogEvent.PROCESS_READY,
              lines.stream().map(String::strip).collect(Collectors.joining("; ")));
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    var settings = options.settings(shell.environment(), layout);
    // Before anything is started: a signal that comes meanwhile stops it as soon as it has.
    var stop = StopSignal.install();
    try (var lifecycle = new Lifecycle(STOP_WITHIN)) {
      // First, so that it is closed last, when there are no more spans.
      var telemetry =
          lifecycle.own("traces", Telemetry.of(shell.environment(), service, Version.text()));
      start(settings, new Assembly(settings, lifecycle, telemetry.traces()));
      HeapTidying.start().ifPresent(tidying -> lifecycle.own("heap tidying", tidying));
      var signal = stop.await();
      log.tell(LogEvent.PROCESS_STOPPING, signal, STOP_WITHIN.toSeconds());
      var stopped = lifecycle.stop();
      log.tell(LogEvent.PROCESS_STOPPED);
      return stopped ? ExitCode.OK : ExitCode.FAILED;
    }
  }
}
