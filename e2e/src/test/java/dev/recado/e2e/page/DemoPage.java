package dev.recado.e2e.page;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** The page as a person sees it. */
final class DemoPage implements Scripted {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChromeDriver driver;

  DemoPage(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Waits at most as long as a person on this page would. */
  static ConditionFactory eventually() {
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreException(StaleElementReferenceException.class);
  }

  WebElement textBox() {
    return driver.findElement(By.id("text"));
  }

  WebElement sendButton() {
    return driver.findElement(By.id("send"));
  }

  /** Writes a message and sends it with the keyboard. */
  void leave(String text) {
    textBox().sendKeys(text);
    textBox().sendKeys(Keys.chord(Keys.CONTROL, Keys.ENTER));
  }

  /** The messages on the page, newest first. */
  List<Note> notes() {
    return driver.findElements(By.cssSelector("#notes > li")).stream().map(Note::new).toList();
  }

  Note latest() {
    return notes().getFirst();
  }

  /** Waits until the newest message is in this state. */
  Note awaitLatest(String state) {
    eventually().until(() -> !notes().isEmpty() && Objects.equals(latest().state(), state));
    return latest();
  }

  /** What is wrong with the message being written; empty if nothing. */
  String trouble() {
    return text("#composer-trouble");
  }

  /** The notice that the server is silent; empty while it answers. */
  String offlineNotice() {
    return text("#offline-words");
  }

  /** The notice that no model is connected; empty if one is. */
  String echoNotice() {
    return text("#echo");
  }

  String text(String selector) {
    return driver.findElement(By.cssSelector(selector)).getText();
  }

  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  WebElement focused() {
    return driver.switchTo().activeElement();
  }

  /** Loads the page again; the browser keeps what it stored. */
  void reload() {
    driver.navigate().refresh();
    Browser.awaitLoaded(driver);
  }

  /** Goes to another page, and back with the browser's button. */
  void goAwayAndComeBack() {
    driver.get("about:blank");
    driver.navigate().back();
    Browser.awaitLoaded(driver);
  }

  @Override
  public @Nullable Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Starts with a browser that remembers nothing. */
  DemoPage forgetful() {
    run("localStorage.clear()");
    reload();
    return this;
  }

  /** One message. */
  record Note(WebElement element) {
    @Nullable String state() {
      return element.getDomAttribute("data-state");
    }

    String message() {
      return text(".note-text");
    }

    String live() {
      return text(".live-what");
    }

    String elapsed() {
      return text(".live-elapsed");
    }

    /** The answer exactly as it stands in the page, spaces and all. */
    @Nullable String answer() {
      return element.findElement(By.cssSelector(".answer")).getDomProperty("textContent");
    }

    String outcome() {
      return text(".outcome");
    }

    String meta() {
      return text(".meta");
    }

    boolean isOpen() {
      return element.findElement(By.tagName("details")).getDomAttribute("open") != null;
    }

    WebElement button(String deed) {
      return element.findElement(By.cssSelector("[data-deed=" + deed + "]"));
    }

    boolean offers(String deed) {
      return !element.findElements(By.cssSelector("[data-deed=" + deed + "]")).isEmpty();
    }

    String text(String selector) {
      return element.findElement(By.cssSelector(selector)).getText();
    }
  }
}
