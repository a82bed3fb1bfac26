package dev.recado.web.input;

import java.io.IOException;

/** Finds the requests in an upload, one after the other. */
interface BatchSource {

  /** Hears of what is found. */
  interface Finder {
    /**
     * A request.
     *
     * @param place where it is, in words that a field's name can follow
     * @param json its bytes, not looked at yet
     * @return whether to go on
     */
    boolean request(Place place, byte[] json);

    /** A request that is longer than any may be; returns whether to go on. */
    boolean tooLong(Place place);

    /** A field of the batch itself, and its value as JSON; returns whether to go on. */
    boolean field(String name, byte[] json);
  }

  /**
   * Where a request is.
   *
   * @param whole as the name of the request itself
   * @param inside as what stands before the name of one of its fields
   */
  record Place(String whole, String inside) {
    static Place line(int number) {
      return new Place("line " + number, "line " + number + ": ");
    }

    static Place element(int index) {
      return new Place("requests[" + index + "]", "requests[" + index + "].");
    }
  }

  /** Goes through the upload, or as far as the finder wants. */
  void find(Upload upload, Finder finder) throws IOException;
}
