/**
 * Where web and worker are put together: {@link dev.recado.app.server.Assembly}, and what those who
 * start them are told.
 */
@NullMarked
package dev.recado.app.server;

import org.jspecify.annotations.NullMarked;
