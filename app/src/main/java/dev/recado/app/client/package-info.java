/** Talks to a running server, for the commands that are its clients. */
@NullMarked
package dev.recado.app.client;

import org.jspecify.annotations.NullMarked;
