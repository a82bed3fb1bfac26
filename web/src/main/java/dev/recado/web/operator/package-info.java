/**
 * What operators see and steer: the interface of the console. It is for {@link
 * dev.recado.web.access.OperatorAccess} to say who may use it, and no part of the interface for
 * clients.
 */
@NullMarked
package dev.recado.web.operator;

import org.jspecify.annotations.NullMarked;
