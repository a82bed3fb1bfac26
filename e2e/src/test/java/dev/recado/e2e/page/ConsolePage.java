package dev.recado.e2e.page;

import static dev.recado.e2e.page.DemoPage.eventually;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** The operators' console as an operator sees it. */
final class ConsolePage implements Scripted {
  private final ChromeDriver driver;
  private final URI uri;

  ConsolePage(ChromeDriver driver, URI uri) {
    this.driver = driver;
    this.uri = uri;
  }

  /** Opens a view by its address, as a link from elsewhere would, such as {@code #/jobs}. */
  ConsolePage go(String hash) {
    driver.get("about:blank"); // another hash alone would not load the page again
    driver.get(uri + hash);
    Browser.awaitLoaded(driver);
    return this;
  }

  /** Waits until this is on the page and returns it. */
  WebElement find(String selector) {
    eventually().until(() -> has(selector));
    return driver.findElement(By.cssSelector(selector));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** Whether it is there to be seen. */
  boolean has(String selector) {
    return all(selector).stream().anyMatch(WebElement::isDisplayed);
  }

  /** What stands there; empty if it is not there. */
  String text(String selector) {
    var found = all(selector);
    return found.isEmpty() ? "" : found.getFirst().getText();
  }

  void awaitText(String selector, String part) {
    eventually().until(() -> text(selector), text -> text.contains(part));
  }

  void click(String selector) {
    find(selector).click();
  }

  /** Presses the button that does a thing. */
  void deed(String name) {
    click("[data-deed=" + name + "]");
  }

  /** Says yes to the question that is asked. */
  void agree() {
    click("dialog [data-deed=do]");
    eventually().until(() -> !has("dialog"));
  }

  /** How things stand, in words. */
  String verdict() {
    return text(".verdict-words");
  }

  /** The figure of a tile. */
  String tile(String name) {
    return text("[data-tile=" + name + "] .tile-value");
  }

  /** The rows of the list of jobs, newest first, by their ids. */
  List<String> jobs() {
    return attributes("#jobs > tr", "data-id");
  }

  /** What happened to the job on view, step by step. */
  List<String> steps() {
    return attributes(".timeline > li", "data-event");
  }

  /** Read in one go, as a list that is refreshed meanwhile has no stable elements. */
  private List<String> attributes(String selector, String name) {
    var script =
        "return [...document.querySelectorAll(arguments[0])].map(e => e.getAttribute(arguments[1]))";
    return run(script, selector, name) instanceof List<?> values
        ? values.stream().map(String::valueOf).toList()
        : List.of();
  }

  void press(CharSequence... keys) {
    focused().sendKeys(keys);
  }

  WebElement focused() {
    return driver.switchTo().activeElement();
  }

  void reload() {
    driver.navigate().refresh();
    Browser.awaitLoaded(driver);
  }

  /** Where it is, without what comes before the hash. */
  String hash() {
    return Objects.requireNonNullElse(
        URI.create(Objects.requireNonNull(driver.getCurrentUrl())).getFragment(), "");
  }

  @Override
  public @Nullable Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }
}
