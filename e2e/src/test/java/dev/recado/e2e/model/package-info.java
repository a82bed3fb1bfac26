/**
 * The only stand-in of these tests: a model server that speaks the OpenAI wire format and fails on
 * command. {@link dev.recado.e2e.model.FakeModel} is the one to use.
 */
@NullMarked
package dev.recado.e2e.model;

import org.jspecify.annotations.NullMarked;
