package dev.recado.e2e.page;

import java.io.File;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.StreamSupport;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A headless Chromium with a profile of its own. Driver and browser are named by path, so that
 * Selenium never goes looking for others to download; CHROMEDRIVER and CHROMIUM name them where
 * they are not at Debian's place.
 */
final class Browser implements AutoCloseable {
  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** A browser whose reader prefers this language, such as {@code pt-BR}. */
  static Browser reading(String language) {
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(place("CHROMEDRIVER", "/usr/bin/chromedriver")))
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options(language)));
  }

  private static ChromeOptions options(String language) {
    var logs = new LoggingPreferences();
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    logs.enable(LogType.BROWSER, Level.ALL);
    var options = new ChromeOptions();
    options.setBinary(place("CHROMIUM", "/usr/bin/chromium"));
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run");
    options.addArguments("--disable-background-networking", "--disable-dev-shm-usage");
    // Else a page that is come back to was never gone.
    options.addArguments("--disable-features=BackForwardCache");
    options.addArguments("--accept-lang=" + language, "--window-size=1180,900");
    return options;
  }

  private static String place(String variable, String otherwise) {
    return System.getenv().getOrDefault(variable, otherwise);
  }

  DemoPage open(URI uri) {
    driver.get(uri.toString());
    awaitLoaded(driver);
    return new DemoPage(driver);
  }

  /** On a busy machine ChromeDriver says so before the page's scripts have run. */
  static void awaitLoaded(ChromeDriver driver) {
    DemoPage.eventually()
        .until(() -> driver.executeScript("return document.readyState"), "complete"::equals);
  }

  /** Opens the operators' console of the server there. */
  ConsolePage openConsole(URI uri) {
    return new ConsolePage(driver, uri.resolve("/console")).go("");
  }

  void prefers(String feature, String value) {
    var features = List.of(Map.of("name", feature, "value", value));
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", features));
  }

  /** Makes the window a phone's, this many CSS pixels wide. */
  void phone(int width) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 720, "deviceScaleFactor", 2, "mobile", true));
  }

  /** The addresses of all requests since the last call. */
  List<URI> requests() {
    return StreamSupport.stream(
            driver.manage().logs().get(LogType.PERFORMANCE).spliterator(), false)
        .map(entry -> JsonMapper.shared().readTree(entry.getMessage()).get("message"))
        .filter(event -> event.get("method").asString().equals("Network.requestWillBeSent"))
        .map(event -> event.at("/params/request/url"))
        .map(JsonNode::asString)
        .map(URI::create)
        .toList();
  }

  /** What the page's own console holds since the last call. */
  List<String> console() {
    return StreamSupport.stream(driver.manage().logs().get(LogType.BROWSER).spliterator(), false)
        .map(LogEntry::getMessage)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
