/**
 * How a worker talks to a model: the port {@link dev.recado.worker.model.ModelClient}, the
 * OpenAI-compatible adapter and the built-in echo.
 */
@NullMarked
package dev.recado.worker.model;

import org.jspecify.annotations.NullMarked;
