package dev.recado.app;

import dev.recado.config.Settings;
import dev.recado.lifecycle.Lifecycle;
import dev.recado.lifecycle.StopSignal;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;

/** A command that runs until it is told to stop. */
abstract class ServerCommand implements Callable<Integer> {
  // What supervisors grant before they kill: Docker 10 s unless told, systemd 90 s. Ours is told
  // 30.
  private static final Duration STOP_WITHIN = Duration.ofSeconds(25);
  private static final Logger log = LoggerFactory.getLogger(ServerCommand.class);

  final Shell shell;
  private final Settings.Layout layout;

  @Mixin private final SettingsOptions options = new SettingsOptions();

  ServerCommand(Shell shell, Settings.Layout layout) {
    this.shell = shell;
    this.layout = layout;
  }

  /** Starts its parts and says so. */
  abstract void start(Settings settings, Assembly assembly);

  @Override
  public Integer call() throws InterruptedException {
    var settings = options.settings(shell.environment(), layout);
    // Before anything is started: a signal that comes meanwhile stops it as soon as it has.
    var stop = StopSignal.install();
    try (var lifecycle = new Lifecycle(STOP_WITHIN)) {
      start(settings, new Assembly(settings, lifecycle));
      var signal = stop.await();
      log.info(
          "{}: stopping, within {} s; a second signal ends it at once",
          signal,
          STOP_WITHIN.toSeconds());
      var stopped = lifecycle.stop();
      log.info("Stopped");
      return stopped ? ExitCode.OK : ExitCode.FAILED;
    }
  }
}
