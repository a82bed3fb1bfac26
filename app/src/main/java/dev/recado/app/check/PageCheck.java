package dev.recado.app.check;

import dev.recado.app.check.Finding.Fine;
import dev.recado.app.check.Finding.Trouble;
import dev.recado.app.client.RecadoClient;
import dev.recado.app.client.ServerException;
import java.net.URI;

/**
 * What is at the address where web will listen: nothing yet, a Recado that is ready, or something
 * in the way.
 *
 * @param url that address
 */
public record PageCheck(URI url) {

  /** Looks. */
  public Finding run() throws InterruptedException {
    if (url.getHost() == null) {
      return new Fine(url + " was not looked at: its name is none that a URL may hold");
    }
    try (var client = new RecadoClient(url)) {
      client.requireReady();
      return new Fine(url + " is served and ready");
    } catch (ServerException.Unreachable nobody) {
      return nobody.isRefused()
          ? new Fine(url + " is free, nothing is running there")
          : new Trouble(url + " is in use, by something that is not Recado");
    } catch (ServerException notReady) {
      return new Trouble(url + ": " + notReady.getMessage());
    }
  }
}
